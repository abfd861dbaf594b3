package org.tornadovit.device.cpu;

/**
 * When HotSpot has to be told that a method is worth compiling; asked by generated code before each
 * call. The first real calls are profiled; a method that is still called after a few milliseconds
 * is compiled. What was compiled before it took all its branches, and was given up, gets more
 * chances, each after a longer time.
 *
 * <p>Threads that ask at the same time may count too little: then the method is told twice.
 */
public final class WarmUp {
    /** Calls after which HotSpot begins to keep a profile. */
    private static final int PROFILED = 2_000;

    /** Calls after which it compiles: 5000, noticed at multiples of 1024. */
    private static final int COMPILED = 8_000;

    private static final long FIRST_NANOS = 3_000_000;
    private static final long LAST_NANOS = 10_000_000_000L;

    /** Calls after which the clock is looked at only every {@code SELDOM + 1} calls. */
    private static final int OFTEN = 64;

    private static final int SELDOM = 63;

    private int calls;
    private long start;
    private long waiting = FIRST_NANOS;
    private boolean over;

    /** Starts with no calls. */
    public WarmUp() {}

    /** {@return how many dry calls the method gets before its next real one} */
    public int dryCalls() {
        if (over) {
            return 0;
        }
        int before = calls++;
        return before > OFTEN && (before & SELDOM) != 0 ? 0 : count(before);
    }

    private int count(int before) {
        if (before == 0) {
            start = System.nanoTime();
            return PROFILED;
        }
        if (System.nanoTime() - start < waiting) {
            return 0;
        }
        waiting *= 3;
        over = waiting > LAST_NANOS;
        return COMPILED;
    }
}
