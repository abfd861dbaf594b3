package org.tornadovit.runtime;

import java.util.List;

/**
 * What makes two tasks the same for the compiler, on one device.
 *
 * @param method identity of the translated method
 * @param parameters for each parameter its shape: the bits of a scalar, or type and length of an
 *     array, whether it is constant, and which earlier parameter has the same memory
 * @param order the grid of a work-item kernel, and flags
 */
record TaskKey(Object method, List<Shape> parameters, TaskPlan.Order order) {
    /** The shape of a parameter. */
    sealed interface Shape {
        /** A scalar's value. */
        record OfScalar(String type, long bits) implements Shape {}

        /**
         * An array.
         *
         * @param sameAs number of the first parameter with this memory and type, often its own
         */
        record OfArray(int length, boolean constant, int sameAs) implements Shape {}

        /** The KernelContext. */
        record OfContext() implements Shape {}
    }
}
