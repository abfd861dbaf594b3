package uk.ac.manchester.tornado.api.exceptions;

import java.util.ArrayList;
import java.util.Locale;

/** A broken assumption inside the compiler or runtime, with the context it was found in. */
public class TornadoInternalError extends Error {
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> context = new ArrayList<>();

    /** Says which assumption is broken, with {@link String#format} arguments. */
    public TornadoInternalError(String msg, Object... args) {
        super(format(msg, args));
    }

    /** Wraps the cause. */
    public TornadoInternalError(Throwable cause) {
        super(cause);
    }

    private static String format(String msg, Object... args) {
        return args.length == 0 ? msg : String.format(Locale.ROOT, msg, args);
    }

    /** Adds where the assumption was made. */
    public TornadoInternalError addContext(String newContext) {
        context.add(newContext);
        return this;
    }

    /** Adds an object the assumption was made of. */
    public TornadoInternalError addContext(String name, Object obj) {
        return addContext(name + ": " + obj);
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // getMessage() stays the assumption alone
    public String toString() {
        return context.isEmpty() ? super.toString() : super.toString() + " " + context;
    }

    /** Checks an assumption. */
    public static void guarantee(boolean condition, String msg, Object... args) {
        if (!condition) {
            throw new TornadoInternalError("failed guarantee: " + format(msg, args));
        }
    }

    /** Stops where execution should not come. */
    public static RuntimeException shouldNotReachHere() {
        throw new TornadoInternalError("should not reach here");
    }

    /** As the other, with the reason. */
    public static RuntimeException shouldNotReachHere(String msg) {
        throw new TornadoInternalError("should not reach here: %s", msg);
    }

    /** As the other, with {@link String#format} arguments. */
    public static RuntimeException shouldNotReachHere(String msg, Object... args) {
        throw new TornadoInternalError("should not reach here: %s", format(msg, args));
    }

    /** As the other, with the cause. */
    public static RuntimeException shouldNotReachHere(Throwable cause) {
        throw new TornadoInternalError(cause);
    }

    /** Stops where something has not been written yet. */
    public static RuntimeException unimplemented() {
        throw new TornadoInternalError("unimplemented");
    }

    /** As the other, with what is missing. */
    public static RuntimeException unimplemented(String msg) {
        throw new TornadoInternalError("unimplemented: %s", msg);
    }

    /** As the other, with {@link String#format} arguments. */
    public static RuntimeException unimplemented(String msg, Object... args) {
        throw new TornadoInternalError("unimplemented: %s", format(msg, args));
    }

    /** As the other, for the Metal backend. */
    public static RuntimeException unimplementedMetal() {
        throw new TornadoInternalError("unimplemented on Metal");
    }
}
