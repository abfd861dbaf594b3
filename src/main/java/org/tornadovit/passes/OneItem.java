package org.tornadovit.passes;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Walker;

/**
 * Makes one kernel of one work-item of a task, for circuits: loops stay loops, and what is known of
 * each is in its mark.
 *
 * <ul>
 *   <li>PARALLEL: {@link Independence} has proven that iterations do not depend on each other.
 *   <li>UNROLLED: so few iterations that each gets hardware of its own.
 *   <li>SEQUENTIAL: nothing is proven, whatever the user's mark.
 * </ul>
 *
 * <p>Sums of a row are taken for several rows together (see {@link InterleaveRows}), so that a
 * circuit need not wait for an addition to begin the next one, and the reductions of {@link Reduce}
 * are kept in variables, in the order of the source.
 */
final class OneItem extends Rewriter {
    /** The most steps that unrolling makes of a loop. */
    private static final long STEPS = 32;

    private OneItem() {}

    /** {@return the launch of a kernel of loops} */
    static Lowering.Stage stage(Kernel kernel, Target target) {
        List<Kernel> pieces = new ArrayList<>();
        for (Kernel piece : Split.apply(kernel)) {
            pieces.addAll(
                    Reduce.apply(piece, target)
                            .map(Reduce.Phases::kernels)
                            .orElseGet(() -> List.of(InterleaveRows.apply(piece, target))));
        }
        Kernel plain = new PlainAtomics(_ -> true).rewrite(join(kernel, pieces));
        Kernel marked = Simplify.apply(new OneItem().rewrite(Simplify.apply(plain)));
        return new Lowering.Stage(marked, List.of(1L, 1L, 1L), Lowering.When.ALWAYS);
    }

    private static Kernel join(Kernel whole, List<Kernel> pieces) {
        Set<Param> params = new LinkedHashSet<>();
        pieces.forEach(piece -> params.addAll(piece.params()));
        List<Stmt> body = pieces.stream().map(Kernel::body).toList();
        return new Kernel(
                whole.name(),
                List.copyOf(params),
                body.size() == 1 ? body.getFirst() : new Stmt.Sequence(body),
                whole.form(),
                whole.source());
    }

    @Override
    protected Stmt visit(Stmt stmt) {
        return stmt instanceof Stmt.For f && f.run().kind() != Run.Kind.UNROLLED
                ? new Stmt.For(
                        f.label(), f.index(), f.start(), f.bound(), f.step(), run(f), f.body())
                : stmt;
    }

    private static Run run(Stmt.For f) {
        if (trips(f).filter(n -> n * steps(f.body()) <= STEPS).isPresent()) {
            return Run.UNROLLED;
        }
        return Independence.holds(f) ? Run.PARALLEL : Run.SEQUENTIAL;
    }

    private static Optional<Long> trips(Stmt.For f) {
        return f.start() instanceof Const start && f.bound() instanceof Const bound
                ? Optional.of(Stmt.For.trips(start.bits(), bound.bits(), f.step()))
                : Optional.empty();
    }

    /**
     * The steps of a body when all its loops are unrolled; too many where loops stay, and of
     * functions, which are large.
     */
    private static long steps(Stmt stmt) {
        return switch (stmt) {
            case Stmt.Sequence(var body) -> body.stream().mapToLong(OneItem::steps).sum();
            case Stmt.Labeled(_, var body) -> steps(body);
            case Stmt.If(var condition, var yes, var no) ->
                    size(condition) + steps(yes) + steps(no);
            case Stmt.Assign(_, var value) -> size(value);
            case Stmt.Store(_, var index, var value, _) -> Math.max(size(index), size(value));
            case Stmt.For f when f.run().kind() == Run.Kind.UNROLLED ->
                    trips(f).orElse(STEPS + 1) * steps(f.body());
            case Stmt.Break _, Stmt.Continue _ -> 0;
            case Stmt.For _,
                    Stmt.Loop _,
                    Stmt.Atomic _,
                    Stmt.Allocate _,
                    Stmt.Return _,
                    Stmt.Barrier _,
                    Stmt.Check _ ->
                    STEPS + 1;
        };
    }

    private static long size(Expr expr) {
        long[] size = {1};
        new Walker() {
            @Override
            protected void visit(Expr e) {
                if (e instanceof Expr.Call) {
                    size[0] = STEPS + 1;
                }
            }
        }.walk(expr);
        return size[0];
    }
}
