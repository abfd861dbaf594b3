package org.tornadovit.passes;

import java.util.ArrayList;
import java.util.List;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * Maps a nest of parallel loops to the axes of the device's grid, the innermost to axis 0. When
 * there are more loops than axes, the outermost ones count through one axis together. A kernel
 * without a parallel loop on the outside runs as one work-item.
 */
public final class MapParallel {
    private static final int AXES = 3;

    private MapParallel() {}

    /** {@return the kernel with grid loops} */
    public static Kernel apply(Kernel kernel) {
        if (kernel.form() != Kernel.Form.LOOPS) {
            return kernel;
        }
        Nest nest = Nest.of(kernel.body());
        while (nest.loops().size() > AXES) {
            nest = joinOutermost(nest);
        }
        Stmt body = Split.sequential(kernel.withBody(nest.body())).body();
        for (int i = nest.loops().size() - 1; i >= 0; i--) {
            Run run = Run.grid(nest.loops().size() - 1 - i);
            Stmt.For f = nest.loops().get(i);
            body = new Stmt.For(f.label(), f.index(), f.start(), f.bound(), f.step(), run, body);
        }
        return kernel.withBody(body);
    }

    /** for i &lt; m, j &lt; n: one loop q &lt; m * n with i = q / n and j = q % n. */
    private static Nest joinOutermost(Nest nest) {
        Stmt.For outer = nest.loops().get(0);
        Stmt.For inner = nest.loops().get(1);
        List<Stmt.For> rest = new ArrayList<>(nest.loops().subList(2, nest.loops().size()));
        if (!canJoin(outer, inner, rest)) {
            Stmt.For last = nest.loops().getLast();
            List<Stmt.For> kept = nest.loops().subList(0, nest.loops().size() - 1);
            return new Nest(kept, Split.withBody(last, nest.body()));
        }
        int n = (int) Nest.extent(inner);
        Var both = new Var(outer.index().name() + inner.index().name(), Type.I32);
        Expr size = Const.i32((int) Nest.extent(outer) * n);
        rest.addFirst(
                new Stmt.For(
                        new Label(both.name()),
                        both,
                        Const.i32(0),
                        size,
                        1,
                        Run.PARALLEL,
                        Stmt.Sequence.EMPTY));
        Expr i = new Expr.Binary(BinaryOp.DIV, both, Const.i32(n));
        Expr j = new Expr.Binary(BinaryOp.REM, both, Const.i32(n));
        List<Stmt> body =
                List.of(
                        new Stmt.Assign(outer.index(), i),
                        new Stmt.Assign(inner.index(), j),
                        nest.body());
        return new Nest(rest, new Stmt.Sequence(body));
    }

    /** Whether both count to constants and no other loop's limits read their indices. */
    private static boolean canJoin(Stmt.For outer, Stmt.For inner, List<Stmt.For> rest) {
        boolean[] apart = {true};
        Walker walker =
                new Walker() {
                    @Override
                    protected void visit(Expr e) {
                        apart[0] &= e != outer.index() && e != inner.index();
                    }
                };
        for (Stmt.For f : rest) {
            walker.walk(f.start());
            walker.walk(f.bound());
        }
        return apart[0]
                && Nest.isPlain(outer)
                && Nest.isPlain(inner)
                && Nest.extent(outer) * Nest.extent(inner) <= Integer.MAX_VALUE;
    }

    /**
     * {@return the work-items along x, y, z that a mapped kernel needs}
     *
     * <p>An axis whose limits are not constant gets {@code items} work-items; such a loop strides
     * over the grid.
     *
     * @param items work-items for an axis of unknown length
     */
    public static List<Long> grid(Kernel kernel, long items) {
        long[] size = {1, 1, 1};
        new Walker() {
            @Override
            protected void visit(Stmt stmt) {
                if (stmt instanceof Stmt.For f && f.run().kind() == Run.Kind.GRID) {
                    boolean constant = f.start() instanceof Const && f.bound() instanceof Const;
                    long trips = constant ? Nest.extent(f) : items;
                    size[f.run().axis()] = Math.max(size[f.run().axis()], trips);
                }
            }
        }.walk(kernel.body());
        return List.of(size[0], size[1], size[2]);
    }
}
