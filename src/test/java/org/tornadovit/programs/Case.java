package org.tornadovit.programs;

import java.util.Optional;
import java.util.function.Supplier;
import uk.ac.manchester.tornado.api.WorkerGrid;

/**
 * A kernel with its arguments. What it must give is what its Java gives, or, for a kernel of
 * work-items, what the method of the same name with {@code Reference} behind it gives.
 *
 * @param error by how much numbers may differ, as a part of the larger of 1 and the value
 */
record Case(String kernel, Optional<WorkerGrid> grid, double error, Supplier<Object[]> arguments) {
    static Case of(String kernel, Supplier<Object[]> arguments) {
        return new Case(kernel, Optional.empty(), 1e-5, arguments);
    }

    static Case items(String kernel, WorkerGrid grid, Supplier<Object[]> arguments) {
        return new Case(kernel, Optional.of(grid), 1e-5, arguments);
    }

    Case within(double bound) {
        return new Case(kernel, grid, bound, arguments);
    }

    static Object[] list(Object... arguments) {
        return arguments;
    }
}
