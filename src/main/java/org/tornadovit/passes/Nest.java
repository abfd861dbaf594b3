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
     * Finds the nest of parallel loops that {@code stmt} is. Assignments and checks that stand
     * between the loops move into the body, where each iteration repeats them. A loop that carries
     * a value from one iteration to the next is none of the nest, whatever its mark: in order it
     * does what Java does.
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
        List<Stmt> moved = new ArrayList<>(before);
        moved.addAll(prefix);
        if (f.run().kind() != Run.Kind.PARALLEL
                || !prefix.stream().allMatch(s -> isRepeatable(s) && (isAssign(s) || runs(f)))
                || !isFree(f, moved)
                || jumpsTo(f.body(), loops)
                || carries(moved, f.body())) {
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

    /** Whether an iteration that first repeats {@code moved} would see values of another one. */
    private static boolean carries(List<Stmt> moved, Stmt body) {
        List<Stmt> all = new ArrayList<>(moved);
        all.add(body);
        return !Carried.of(body).isEmpty() || !Carried.of(new Stmt.Sequence(all)).isEmpty();
    }

    /** Whether the loop's limits do not depend on what would be computed inside the nest. */
    private static boolean isFree(Stmt.For f, List<Stmt> moved) {
        Assignments assignments = Assignments.of(new Stmt.Sequence(moved));
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

    private static boolean isAssign(Stmt stmt) {
        return stmt instanceof Stmt.Assign;
    }

    /** Whether the loop has iterations; one that has none would leave a check out. */
    private static boolean runs(Stmt.For f) {
        return f.start() instanceof Const && f.bound() instanceof Const && extent(f) > 0;
    }

    /**
     * Whether doing it once for each iteration is the same as doing it once: an assignment or a
     * check that does not depend on memory.
     */
    static boolean isRepeatable(Stmt stmt) {
        if (!(stmt instanceof Stmt.Assign || stmt instanceof Stmt.Check)) {
            return false;
        }
        boolean[] repeatable = {true};
        new Walker() {
            @Override
            protected void visit(Expr expr) {
                repeatable[0] &= !(expr instanceof Expr.Load);
            }
        }.walk(stmt);
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
        return Stmt.For.trips(((Const) f.start()).bits(), ((Const) f.bound()).bits(), f.step());
    }
}
