package org.tornadovit.device.cpu;

import java.util.stream.LongStream;

/** Where the line of a launch's units is cut into the chunks that threads take one by one. */
final class Cuts {
    /** Shares of the rest, for each thread, of which the next chunk is one. */
    private static final int SHARES = 2;

    /** The smallest chunk is one of so many for each thread. */
    private static final int LEAST_SHARES = 32;

    private Cuts() {}

    /**
     * Guided cuts: large chunks first, then ever smaller ones, so that all threads end at the same
     * time also when one of them was held up. A chunk of more than a row has whole rows, whose
     * units share what they read.
     *
     * @param units units of work
     * @param row units of a row of the grid
     * @return where chunk {@code i} begins, in order; the last number is {@code units}
     */
    static long[] guided(long units, long row, int threads) {
        long least = Math.max(1, units / ((long) threads * LEAST_SHARES));
        LongStream.Builder cuts = LongStream.builder();
        long from = 0;
        while (from < units) {
            cuts.add(from);
            long share = Math.max(least, (units - from) / ((long) threads * SHARES));
            long to = from + share;
            from = share < row ? to : (to + row - 1) / row * row;
        }
        return cuts.add(units).build().toArray();
    }
}
