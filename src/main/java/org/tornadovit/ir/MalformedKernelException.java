package org.tornadovit.ir;

/** A kernel breaks the rules of the IR: an error of a pass or the front end, not of the user. */
public final class MalformedKernelException extends RuntimeException {
    /** Creates an exception that says which rule is broken, and where. */
    public MalformedKernelException(String message) {
        super(message);
    }
}
