package org.tornadovit.passes;

import java.util.ArrayList;
import java.util.List;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * Parallel loops inside each other with nothing between them.
 *
 * @param loops from the outermost to the innermost; their bodies are not those to run
 * @param body what one iteration of all loops does
 */
record Nest(List<Stmt.For> loops, Stmt body) {
    /**
     * Finds the nest of parallel loops that {@code stmt} is. Assignments that stand between the
     * loops move into the body, where each iteration repeats them.
     *
     * @return a nest without loops when {@code stmt} is no parallel loop
     */
    static Nest of(Stmt stmt) {
        List<Stmt> before = new ArrayList<>();
        List<Stmt.For> loops = new ArrayList<>();
        Stmt inner = collect(stmt, before, loops);
        if (loops.isEmpty()) {
            return new Nest(List.of(), stmt);
        }
        before.add(inner);
        return new Nest(List.copyOf(loops), Simplify.apply(new Stmt.Sequence(before)));
    }

    private static Stmt collect(Stmt stmt, List<Stmt> before, List<Stmt.For> loops) {
        List<Stmt> body = stmt instanceof Stmt.Sequence(var list) ? list : List.of(stmt);
        if (body.isEmpty() || !(body.getLast() instanceof Stmt.For f)) {
            return stmt;
        }
        List<Stmt> prefix = body.subList(0, body.size() - 1);
        boolean repeatable =
                prefix.stream().allMatch(s -> s instanceof Stmt.Assign a && isRepeatable(a));
        if (f.run().kind() != Run.Kind.PARALLEL
                || !repeatable
                || !isFree(f, prefix, before)
                || jumpsTo(f.body(), loops)) {
            return stmt;
        }
        before.addAll(prefix);
        loops.add(f);
        return collect(f.body(), before, loops);
    }

    private static boolean jumpsTo(Stmt body, List<Stmt.For> loops) {
        List<Label> labels = loops.stream().map(Stmt.For::label).toList();
        return Simplify.jumps(body).stream().anyMatch(labels::contains);
    }

    /** Whether the loop's limits do not depend on what would be computed inside the nest. */
    private static boolean isFree(Stmt.For f, List<Stmt> prefix, List<Stmt> before) {
        List<Stmt> all = new ArrayList<>(before);
        all.addAll(prefix);
        Assignments assignments = Assignments.of(new Stmt.Sequence(all));
        boolean[] free = {true};
        Walker walker =
                new Walker() {
                    @Override
                    protected void visit(Expr expr) {
                        free[0] &= !(expr instanceof Var v && assignments.count(v) > 0);
                    }
                };
        walker.walk(f.start());
        walker.walk(f.bound());
        return free[0];
    }

    /** Whether doing it once for each iteration is the same as doing it once. */
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

    /** {@return whether a loop counts from 0 to a constant in steps of 1} */
    static boolean isPlain(Stmt.For f) {
        return f.start() instanceof Const s
                && s.bits() == 0
                && f.bound() instanceof Const
                && f.step() == 1
                && f.index().type().equals(org.tornadovit.ir.Type.I32);
    }

    /** {@return how often a loop with constant limits runs} */
    static long extent(Stmt.For f) {
        return Simplify.trips(((Const) f.start()).bits(), ((Const) f.bound()).bits(), f.step());
    }
}
