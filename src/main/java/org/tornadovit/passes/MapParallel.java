package org.tornadovit.passes;

import java.util.ArrayList;
import java.util.List;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Walker;

/**
 * Maps a nest of up to three parallel loops to the axes of the device's grid, the innermost to axis
 * 0; parallel loops further in run sequentially.
 *
 * <p>Assignments between the loops of a nest move to the innermost body, where each work-item
 * repeats them. A kernel without a parallel loop on the outside runs as one work-item.
 */
public final class MapParallel {
    private static final int AXES = 3;

    private MapParallel() {}

    /** {@return the kernel with grid loops} */
    public static Kernel apply(Kernel kernel) {
        if (kernel.form() != Kernel.Form.LOOPS) {
            return kernel;
        }
        List<Stmt> before = new ArrayList<>();
        List<Stmt.For> nest = new ArrayList<>();
        Stmt inner = collect(kernel.body(), before, nest);
        if (nest.isEmpty()) {
            return Split.sequential(kernel);
        }
        before.add(inner);
        Stmt body = Split.sequential(kernel.withBody(new Stmt.Sequence(before))).body();
        for (int i = nest.size() - 1; i >= 0; i--) {
            Run run = Run.grid(nest.size() - 1 - i);
            Stmt.For f = nest.get(i);
            body =
                    new Stmt.For(
                            f.label(), f.index(), f.start(), f.bound(), f.step(), run, body);
        }
        return kernel.withBody(body);
    }

    /** Walks down the nest; gives the innermost body and fills in what stood around the loops. */
    private static Stmt collect(Stmt stmt, List<Stmt> before, List<Stmt.For> nest) {
        if (nest.size() == AXES) {
            return stmt;
        }
        List<Stmt> body = stmt instanceof Stmt.Sequence(var list) ? list : List.of(stmt);
        List<Stmt> prefix = new ArrayList<>();
        for (int i = 0; i < body.size(); i++) {
            boolean last = i == body.size() - 1;
            switch (body.get(i)) {
                case Stmt.Assign a when isRepeatable(a) -> prefix.add(a);
                case Stmt.For f
                        when f.run().kind() == Run.Kind.PARALLEL
                                && last
                                && isFree(f, prefix, before)
                                && !Simplify.jumps(f.body()).contains(outer(nest)) -> {
                    before.addAll(prefix);
                    nest.add(f);
                    return collect(f.body(), before, nest);
                }
                default -> {
                    return stmt;
                }
            }
        }
        return stmt;
    }

    private static Label outer(List<Stmt.For> nest) {
        return nest.isEmpty() ? new Label("none") : nest.getLast().label();
    }

    /** Whether the loop's limits do not depend on what would be computed inside the grid. */
    private static boolean isFree(Stmt.For f, List<Stmt> prefix, List<Stmt> before) {
        List<Stmt> all = new ArrayList<>(before);
        all.addAll(prefix);
        Assignments assignments = Assignments.of(new Stmt.Sequence(all));
        boolean[] free = {true};
        Walker walker =
                new Walker() {
                    @Override
                    protected void visit(Expr expr) {
                        free[0] &=
                                !(expr instanceof org.tornadovit.ir.Var v
                                        && assignments.count(v) > 0);
                    }
                };
        walker.walk(f.start());
        walker.walk(f.bound());
        return free[0];
    }

    /** Whether doing it once for each work-item is the same as doing it once. */
    static boolean isRepeatable(Stmt.Assign assign) {
        boolean[] repeatable = {true};
        new Walker() {
            @Override
            protected void visit(Expr expr) {
                repeatable[0] &= !(expr instanceof Expr.Load);
            }
        }.walk(assign.value());
        return repeatable[0];
    }

    /**
     * {@return the work-items along x, y, z that a mapped kernel needs}
     *
     * <p>An axis whose limits are not constant gets as many work-items as the loop can have at most
     * on the device; such a loop strides over the grid.
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
                    long trips =
                            constant
                                    ? Simplify.trips(
                                            ((Const) f.start()).bits(),
                                            ((Const) f.bound()).bits(),
                                            f.step())
                                    : items;
                    size[f.run().axis()] = Math.max(size[f.run().axis()], trips);
                }
            }
        }.walk(kernel.body());
        return List.of(size[0], size[1], size[2]);
    }
}
