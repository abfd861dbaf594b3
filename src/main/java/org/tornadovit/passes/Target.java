package org.tornadovit.passes;

import java.util.Optional;

/**
 * What schedules need to know of a device.
 *
 * @param lanes {@code float}s in a vector register worth using in generated code; 1 when the device
 *     takes scalar code only and finds parallelism among work-items itself
 * @param registers number of vector registers that its compiler uses well
 * @param cores cores or multiprocessors
 * @param fusesMultiplyAdd whether {@code a * b + c} may be computed with one rounding, and {@code
 *     exp} and {@code tanh} of vectors within their stated error; else every bit is Java's
 * @param groupMemory bytes that work-items of a group share in memory of their own, where groups of
 *     256 are worth making; 0 where they are not
 * @param form what iterations of parallel loops become
 */
public record Target(
        int lanes,
        int registers,
        int cores,
        boolean fusesMultiplyAdd,
        long groupMemory,
        Form form) {
    /** What iterations of parallel loops become. */
    public enum Form {
        /** Work-items of a launch. */
        GRID,
        /** Steps of one work-item, for circuits in which the steps of a loop overlap. */
        ONE_ITEM
    }

    /** A device about which nothing is known: plain code for one core. */
    public static final Target SCALAR = new Target(1, 16, 1, false);

    private static final int FEWEST_REGISTERS = 8;
    private static final int MOST_REGISTERS = 32;

    /** A device whose groups share no memory of their own. */
    public Target(int lanes, int registers, int cores, boolean fusesMultiplyAdd) {
        this(lanes, registers, cores, fusesMultiplyAdd, 0);
    }

    /** A device whose parallel loops are spread over work-items. */
    public Target(int lanes, int registers, int cores, boolean fusesMultiplyAdd, long groupMemory) {
        this(lanes, registers, cores, fusesMultiplyAdd, groupMemory, Form.GRID);
    }

    /** {@return a circuit, which runs a task as one kernel of one work-item} */
    public static Target circuit(boolean fusesMultiplyAdd) {
        return new Target(1, MOST_REGISTERS, 1, fusesMultiplyAdd, 0, Form.ONE_ITEM);
    }

    /** {@return whether a task becomes one kernel of one work-item} */
    boolean isOneItem() {
        return form == Form.ONE_ITEM;
    }

    /**
     * {@return the target for which the same kernel becomes less code: with half the registers, so
     * with smaller tiles, and at last without vectors; empty when nothing smaller is left}
     */
    public Optional<Target> smaller() {
        if (lanes == 1) {
            return Optional.empty();
        }
        return Optional.of(
                registers > FEWEST_REGISTERS
                        ? new Target(lanes, registers / 2, cores, fusesMultiplyAdd)
                        : new Target(1, registers, cores, fusesMultiplyAdd));
    }
}
