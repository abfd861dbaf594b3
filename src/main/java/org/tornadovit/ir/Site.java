package org.tornadovit.ir;

/**
 * A place in the source, for messages.
 *
 * @param method class and method, as in {@code Linear.forward}
 * @param line source line, or 0 when the class was compiled without line numbers
 */
public record Site(String method, int line) {
    /** A place nobody wrote: code that the compiler itself made. */
    public static final Site NONE = new Site("", 0);

    @Override
    public String toString() {
        return line > 0 ? method + ":" + line : method;
    }
}
