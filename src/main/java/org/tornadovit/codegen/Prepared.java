package org.tornadovit.codegen;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tornadovit.device.Range;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Space;
import org.tornadovit.passes.Convergent;
import org.tornadovit.passes.EndItems;
import org.tornadovit.passes.PlainAtomics;

/**
 * A kernel made ready for a language in which work-items run by themselves: no item misses a
 * barrier that others wait at, and what only one item sees needs no atomic operations.
 *
 * @param kernel the kernel
 * @param failure what a failed check does
 */
public record Prepared(Kernel kernel, Failure failure) {
    private static final int AXES = 3;

    /** What a failed check does after it was recorded. */
    public enum Failure {
        ENDS_ITEM,
        /** Nothing: the kernel itself sees to it. */
        GOES_ON
    }

    /**
     * {@return a kernel made ready}
     *
     * @param range the work-items, if they are known
     * @throws org.tornadovit.passes.UnsupportedBarrierException when not all items of a group would
     *     meet at a barrier
     */
    static Prepared of(Kernel kernel, Optional<Range> range) {
        List<Long> group = IntStream.range(0, AXES).mapToObj(axis -> group(range, axis)).toList();
        Kernel ending = EndItems.apply(kernel, group);
        Convergent convergent = Convergent.of(ending, group);
        boolean converges = Convergence.isNeeded(ending);
        Kernel together = converges ? Convergence.apply(ending, convergent) : ending;
        return new Prepared(
                new PlainAtomics(a -> a.space() == Space.PRIVATE).rewrite(together),
                converges ? Failure.GOES_ON : Failure.ENDS_ITEM);
    }

    /** The items of a group along an axis, 0 for an unknown number. */
    private static long group(Optional<Range> range, int axis) {
        return range.map(r -> r.size(axis) == 1 ? 1 : r.group(axis)).orElse(0L);
    }
}
