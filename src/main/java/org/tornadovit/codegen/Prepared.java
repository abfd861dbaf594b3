package org.tornadovit.codegen;

import org.tornadovit.ir.Kernel;

/**
 * A kernel made ready for a language in which work-items run by themselves: no item misses a
 * barrier that others wait at, and what only one item sees needs no atomic operations.
 *
 * @param kernel the kernel
 * @param failure what a failed check does
 */
public record Prepared(Kernel kernel, Failure failure) {
    /** What a failed check does after it was recorded. */
    public enum Failure {
        ENDS_ITEM,
        /** Nothing: the kernel itself sees to it. */
        GOES_ON
    }

    /** {@return a kernel made ready} */
    static Prepared of(Kernel kernel) {
        boolean converges = Convergence.isNeeded(kernel);
        Kernel together = converges ? Convergence.apply(kernel) : kernel;
        return new Prepared(
                new PrivateAtomics().rewrite(together),
                converges ? Failure.GOES_ON : Failure.ENDS_ITEM);
    }
}
