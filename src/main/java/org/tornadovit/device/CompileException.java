package org.tornadovit.device;

/** Generated code does not compile for a device: an error of this project, not of the user. */
public class CompileException extends RuntimeException {
    private final String source;
    private final String log;

    /** Creates an exception with the code and the compiler's log. */
    public CompileException(String message, String source, String log) {
        super(message + "\n" + log);
        this.source = source;
        this.log = log;
    }

    /** {@return the code that does not compile} */
    public String source() {
        return source;
    }

    /** {@return what the compiler said} */
    public String log() {
        return log;
    }
}
