package org.tornadovit.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Walker;

/** The launch that a loop kernel needs. */
public final class Grids {
    private Grids() {}

    /**
     * {@return the least number of work-items along x, y and z, or nothing when a loop has bounds
     * that are no constants: then any number is right}
     *
     * <p>Work-items beyond these numbers do nothing.
     */
    public static Optional<long[]> least(Kernel kernel) {
        long[] least = {1, 1, 1};
        List<Stmt.For> open = new ArrayList<>();
        new Walker() {
            @Override
            protected void visit(Stmt stmt) {
                if (stmt instanceof Stmt.For loop && loop.run().kind() == Run.Kind.GRID) {
                    if (loop.start() instanceof Const(_, var start)
                            && loop.bound() instanceof Const(_, var bound)) {
                        int axis = loop.run().axis();
                        least[axis] = Math.max(least[axis], trips(start, bound, loop.step()));
                    } else {
                        open.add(loop);
                    }
                }
            }
        }.walk(kernel.body());
        return open.isEmpty() ? Optional.of(least) : Optional.empty();
    }

    /** {@return the number of iterations of a counted loop} */
    public static long trips(long start, long bound, long step) {
        return step > 0
                ? Math.max(0, Math.ceilDiv(bound - start, step))
                : Math.max(0, Math.ceilDiv(start - bound, -step));
    }
}
