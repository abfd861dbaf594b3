package org.tornadovit.lab.measure;

/** Failures as one sentence. */
public final class Failure {
    private Failure() {}

    /**
     * Says what went wrong.
     *
     * @param failure what was thrown
     * @return its message on one line; its type too where the message was not made for users
     */
    public static String sentence(Throwable failure) {
        return switch (failure) {
            case OutOfMemoryError _ ->
                    "The Java heap is full (" + failure.getMessage() + "); raise it with -Xmx.";
            case StackOverflowError _ -> "The Java stack is full; raise it with -Xss.";
            default -> oneLine(failure);
        };
    }

    private static String oneLine(Throwable failure) {
        String message = failure.getMessage();
        boolean forUsers = message != null && message.strip().endsWith(".");
        String text =
                message == null || message.isBlank()
                        ? failure.getClass().getSimpleName()
                        : message.strip().replaceAll("\\s*\\R\\s*", " ");
        return forUsers || message == null
                ? text
                : failure.getClass().getSimpleName() + ": " + text;
    }
}
