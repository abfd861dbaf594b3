package org.tornadovit.device.cpu;

/**
 * When HotSpot has to be told that a method is worth compiling; asked by generated code before each
 * call. What does much is compiled before it first runs (see {@link Settlement}). The first calls
 * of the rest are profiled; a method that is still called after a few milliseconds is compiled.
 * What was given up, because it relied on what turned out otherwise, gets more chances, each after
 * a longer time.
 *
 * <p>Threads that ask at the same time may count too little: then the method is told twice.
 */
public final class WarmUp {
    /** Calls after which HotSpot compiles, when it has little else to do. */
    static final int COMPILED = 8_000;

    /** Calls after which HotSpot begins to keep a profile. */
    private static final int PROFILED = 2_000;

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
