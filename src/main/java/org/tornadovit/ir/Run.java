package org.tornadovit.ir;

/**
 * How a loop runs. A schedule rewrites these marks and splits loops; the meaning of the kernel
 * stays.
 *
 * @param kind the way
 * @param axis for {@code GRID}: the launch dimension 0, 1 or 2 (0 varies fastest); else 0
 */
public record Run(Kind kind, int axis) {
    /** The ways a loop can run. */
    public enum Kind {
        /** One iteration after the other. */
        SEQUENTIAL,
        /** Marked by the user as parallel, not yet mapped to the device. */
        PARALLEL,
        /** One work-item of the launch an iteration. */
        GRID,
        /** Sequential, to be unrolled by the renderer's target. */
        UNROLLED
    }

    /** A sequential loop. */
    public static final Run SEQUENTIAL = new Run(Kind.SEQUENTIAL, 0);

    /** A loop that the user marked parallel. */
    public static final Run PARALLEL = new Run(Kind.PARALLEL, 0);

    /** A sequential loop worth unrolling. */
    public static final Run UNROLLED = new Run(Kind.UNROLLED, 0);

    /** {@return a loop over launch dimension {@code axis}} */
    public static Run grid(int axis) {
        return new Run(Kind.GRID, axis);
    }

    @Override
    public String toString() {
        return kind == Kind.GRID ? "grid" + axis : kind.name().toLowerCase(java.util.Locale.ROOT);
    }
}
