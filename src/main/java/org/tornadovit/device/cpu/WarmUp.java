package org.tornadovit.device.cpu;

/**
 * When HotSpot has to be told that a method is worth compiling; asked by generated code before each
 * call. The first real calls are profiled; a method that is still called after a few milliseconds is
 * compiled. What was compiled before it took all its branches, and was given up, gets more chances.
 *
 * <p>Threads that ask at the same time may count too little: then the method is told twice.
 */
public final class WarmUp {
    /** Calls after which HotSpot begins to keep a profile. */
    private static final int PROFILED = 1_000;

    /** Calls after which it compiles. */
    private static final int COMPILED = 6_000;

    /** Calls after which nothing is counted any more. */
    private static final int SETTLED = 20_000;

    private static final long SHORT_NANOS = 3_000_000;

    private int calls;
    private int next = Integer.MAX_VALUE;
    private long start;

    /** Starts with no calls. */
    public WarmUp() {}

    /** {@return how many dry calls the method gets before its next real one} */
    public int dryCalls() {
        return calls >= SETTLED ? 0 : count();
    }

    private int count() {
        int before = calls++;
        if (before == 0) {
            start = System.nanoTime();
            return PROFILED;
        }
        boolean first = next == Integer.MAX_VALUE;
        if (first ? System.nanoTime() - start < SHORT_NANOS : before < next) {
            return 0;
        }
        next = 2 * before;
        return COMPILED;
    }
}
