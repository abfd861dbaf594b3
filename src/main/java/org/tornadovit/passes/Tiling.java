package org.tornadovit.passes;

/**
 * How a contraction is cut into register tiles.
 *
 * @param rows rows of a full tile
 * @param vectors vectors side by side in a full tile
 * @param lanes floats in a vector
 */
record Tiling(int rows, int vectors, int lanes) {
    private static final int MOST_ROWS = 8;

    /** Accumulators of a tile: more save few loads and leave no register for anything else. */
    private static final int MOST_SUMS = 24;

    /** Vectors side by side; not every number, because each costs time to consider. */
    private static final int[] WIDTHS = {1, 2, 3, 4, 6, 8};

    /** Multiply-adds that must be in flight to hide their latency: 4 cycles on 2 units. */
    private static final int IN_FLIGHT = 8;

    /** {@return the columns of a full tile} */
    int columns() {
        return vectors * lanes;
    }

    /**
     * Chooses the tile that needs the fewest cycles by count for a contraction of this size. It is
     * no larger than the contraction unless that has fewer columns than the smallest vector.
     *
     * @param rows extent of the loop over rows
     * @param columns extent of the loop over lanes
     */
    static Tiling choose(Target target, long rows, long columns) {
        int lanes = target.lanes();
        while (lanes > 4 && lanes > columns) {
            lanes /= 2;
        }
        Tiling best = new Tiling(1, 1, lanes);
        double least = Double.MAX_VALUE;
        for (int v : WIDTHS) {
            if (v > 1 && (long) v * lanes > columns) {
                break;
            }
            for (int r = 1; r <= Math.min(MOST_ROWS, rows); r++) {
                boolean fits = r * v <= MOST_SUMS && r * v + v + 1 < target.registers();
                double cost = cost(rows, r, v) * Math.ceilDiv(columns, (long) v * lanes);
                if (fits && cost < least * 0.999) {
                    least = cost;
                    best = new Tiling(r, v, lanes);
                }
            }
        }
        return best;
    }

    private static double cost(long rows, int r, int v) {
        return Math.ceilDiv(rows, r) * cycles(r, v); // the last tile overlaps the one before
    }

    /**
     * Two multiply-adds a cycle. A load for each row and each vector shares their ways into the
     * core, and columns come from the second cache.
     */
    private static double cycles(int r, int v) {
        double arithmetic = Math.max(r * v, IN_FLIGHT) / 2.0;
        double loads = (r + v) / 2.0;
        return Math.max(arithmetic, loads) + 0.25 * loads + 0.02 * v;
    }
}
