package org.tornadovit.passes;

import java.util.HashSet;
import java.util.Set;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Walker;

/**
 * Makes a sequential loop around parallel loops parallel as well when its iterations provably touch
 * different elements: the loop over images around {@code @Parallel} loops over rows and columns.
 */
public final class Promote {
    private Promote() {}

    /** {@return an equal kernel with more parallel loops} */
    public static Kernel apply(Kernel kernel) {
        if (kernel.form() != Kernel.Form.LOOPS) {
            return kernel;
        }
        Assignments whole = Assignments.of(kernel);
        return kernel.withBody(outermost(kernel.body(), whole));
    }

    private static Stmt outermost(Stmt stmt, Assignments whole) {
        return switch (stmt) {
            case Stmt.Sequence(var body) ->
                    new Stmt.Sequence(body.stream().map(s -> outermost(s, whole)).toList());
            case Stmt.For f when f.run().kind() == Run.Kind.SEQUENTIAL -> {
                Stmt.For parallel =
                        new Stmt.For(
                                f.label(),
                                f.index(),
                                f.start(),
                                f.bound(),
                                f.step(),
                                Run.PARALLEL,
                                outermost(f.body(), whole));
                yield isIndependent(parallel) && !isReadOutside(parallel, whole) ? parallel : f;
            }
            default -> stmt;
        };
    }

    /** Whether a variable of the last iteration is read behind the loop. */
    private static boolean isReadOutside(Stmt.For loop, Assignments whole) {
        Assignments inside = Assignments.of(loop);
        return inside.assigned().stream().anyMatch(v -> whole.reads(v) > inside.reads(v));
    }

    private static boolean isIndependent(Stmt.For loop) {
        if (!Nest.isPlain(loop)
                || !hasOnlyStores(loop.body())
                || Simplify.jumps(loop.body()).contains(loop.label())
                || !Carried.of(loop.body()).isEmpty()) {
            return false;
        }
        Footprint footprint = new Footprint(loop);
        return stored(loop.body()).stream().allMatch(footprint::isApart);
    }

    /** Whether there are parallel loops, and no effects but stores. */
    private static boolean hasOnlyStores(Stmt body) {
        boolean[] only = {true};
        boolean[] parallel = {false};
        new Walker() {
            @Override
            protected void visit(Stmt s) {
                only[0] &= !(s instanceof Stmt.Atomic || s instanceof Stmt.Return);
                parallel[0] |= s instanceof Stmt.For f && f.run().kind() == Run.Kind.PARALLEL;
            }

            @Override
            protected void visit(Expr e) {
                only[0] &= !(e instanceof Expr.WorkItem);
            }
        }.walk(body);
        return only[0] && parallel[0];
    }

    /** {@return the arrays that are stored to, but for those that an iteration makes for itself} */
    private static Set<Array> stored(Stmt body) {
        Set<Array> stored = new HashSet<>();
        Set<Array> own = new HashSet<>();
        new Walker() {
            @Override
            protected void visit(Stmt s) {
                switch (s) {
                    case Stmt.Store store -> stored.add(store.array());
                    case Stmt.Allocate allocate -> own.add(allocate.array());
                    default -> {}
                }
            }
        }.walk(body);
        stored.removeAll(own);
        return stored;
    }
}
