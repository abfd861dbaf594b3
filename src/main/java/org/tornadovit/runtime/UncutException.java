package org.tornadovit.runtime;

/** A graph cannot be processed in batches; it means the same when it runs in one. */
final class UncutException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UncutException(String task, String why) {
        super(
                "task "
                        + task
                        + " cannot be processed in batches ("
                        + why
                        + "), so that its graph runs in one and needs room for all its arrays");
    }
}
