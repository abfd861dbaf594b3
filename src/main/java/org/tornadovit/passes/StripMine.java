package org.tornadovit.passes;

import static org.tornadovit.passes.IndexArithmetic.plus;
import static org.tornadovit.passes.IndexArithmetic.times;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * Runs innermost loops over neighbouring floats a vector at a time, and what is left over one by
 * one: element-wise operations, and the passes over a row of softmax and layer normalisation.
 *
 * <p>A sum over the row still adds its terms in order, lane after lane; maximum and minimum are
 * combined in any order, which changes no bit.
 */
final class StripMine {
    private final Target target;
    private final Assignments whole;

    private StripMine(Target target, Assignments whole) {
        this.target = target;
        this.whole = whole;
    }

    /** {@return an equal kernel with vectors where they pay} */
    static Kernel apply(Kernel kernel, Target target) {
        if (target.lanes() < 2 || kernel.form() != Kernel.Form.LOOPS) {
            return kernel;
        }
        StripMine pass = new StripMine(target, Assignments.of(kernel));
        return new Rewriter() {
            @Override
            protected Stmt visit(Stmt stmt) {
                return stmt instanceof Stmt.For f ? pass.loop(f).orElse(f) : stmt;
            }
        }.rewrite(kernel);
    }

    private Optional<Stmt> loop(Stmt.For f) {
        boolean counts = f.run().kind() == Run.Kind.SEQUENTIAL;
        boolean parallel = f.run().kind() == Run.Kind.PARALLEL;
        if (!(counts || parallel)
                || f.step() != 1
                || !f.index().type().equals(Type.I32)
                || !(f.start() instanceof Const s)
                || !(f.bound() instanceof Const e)) {
            return Optional.empty();
        }
        int lanes = target.lanes();
        long trips = Simplify.trips(s.bits(), e.bits(), 1);
        if (trips < lanes || !isStraight(f.body()) || !keepsOrder(f)) {
            return Optional.empty();
        }
        return parallel ? parallel(f, s, trips, lanes) : sequential(f, s, e, trips, lanes);
    }

    /** for v &lt; trips / lanes (rounded up): a vector, or the rest one by one. */
    private Optional<Stmt> parallel(Stmt.For f, Const start, long trips, int lanes) {
        Var strip = new Var(f.index().name() + "v", Type.I32);
        Expr first = plus(times(strip, lanes), start);
        return vector(f, first, lanes)
                .map(body -> {
                    long full = trips / lanes;
                    Stmt all = body;
                    if (trips % lanes != 0) {
                        Stmt rest = rest(f, plus(Const.i32((int) (full * lanes)), start));
                        Expr isFull = new Expr.Binary(BinaryOp.LT, strip, Const.i32((int) full));
                        all = new Stmt.If(isFull, body, rest);
                    }
                    return new Stmt.For(
                            f.label(),
                            strip,
                            Const.i32(0),
                            Const.i32((int) Math.ceilDiv(trips, (long) lanes)),
                            1,
                            Run.PARALLEL,
                            all);
                });
    }

    private Optional<Stmt> sequential(Stmt.For f, Const start, Const end, long trips, int lanes) {
        Var strip = new Var(f.index().name(), Type.I32);
        Const middle = Const.i32((int) (start.bits() + trips / lanes * lanes));
        return vector(f, strip, lanes)
                .map(body -> {
                    Stmt vectors =
                            new Stmt.For(f.label(), strip, start, middle, lanes, f.run(), body);
                    return middle.bits() == end.bits()
                            ? vectors
                            : new Stmt.Sequence(List.of(vectors, rest(f, middle)));
                });
    }

    private static Stmt rest(Stmt.For f, Expr start) {
        Var index = new Var(f.index().name(), Type.I32);
        Map<Var, Expr> values = new HashMap<>();
        for (Var carried : Carried.of(f.body())) {
            values.put(carried, carried);
        }
        values.put(f.index(), index);
        Stmt body = Clone.of(f.body(), values);
        return new Stmt.For(
                new Label(f.label().name()), index, start, f.bound(), 1, Run.SEQUENTIAL, body);
    }

    private Optional<Stmt> vector(Stmt.For f, Expr first, int lanes) {
        Set<Var> carried = Carried.of(f.body());
        Vectorise vectorise = new Vectorise(f.index(), first, lanes, target, Map.of());
        List<Stmt> out = new ArrayList<>();
        for (Stmt s : steps(f.body())) {
            if (s instanceof Stmt.Assign(var target, Expr.Binary(var op, var x, var y))
                    && carried.contains(target)) {
                Expr term = x == target ? y : x;
                Var terms = new Var("terms", term.type());
                Optional<List<Stmt>> head =
                        vectorise.statements(List.of(new Stmt.Assign(terms, term)));
                if (head.isEmpty()) {
                    return Optional.empty();
                }
                out.addAll(head.get());
                Expr all = Vectorise.wide(vectorise.value(terms).orElseThrow(), lanes);
                combine(op, target, all, lanes, out);
            } else {
                Optional<List<Stmt>> part = vectorise.statements(List.of(s));
                if (part.isEmpty()) {
                    return Optional.empty();
                }
                out.addAll(part.get());
            }
        }
        return Optional.of(new Stmt.Sequence(out));
    }

    private static void combine(BinaryOp op, Var target, Expr all, int lanes, List<Stmt> out) {
        if (op == BinaryOp.ADD) {
            Var held = new Var("lanes", all.type());
            out.add(new Stmt.Assign(held, all));
            for (int l = 0; l < lanes; l++) {
                Expr lane = new Expr.Lane(held, l);
                out.add(new Stmt.Assign(target, new Expr.Binary(op, target, lane)));
            }
        } else {
            Expr one = new Expr.Reduce(op, all);
            out.add(new Stmt.Assign(target, new Expr.Binary(op, target, one)));
        }
    }

    private static List<Stmt> steps(Stmt body) {
        return body instanceof Stmt.Sequence(var list) ? list : List.of(body);
    }

    private static boolean isStraight(Stmt body) {
        List<Stmt> steps = steps(body);
        boolean vectorial =
                steps.stream().anyMatch(s -> s instanceof Stmt.Store || s instanceof Stmt.Assign);
        return vectorial
                && steps.stream()
                        .allMatch(s -> s instanceof Stmt.Assign || s instanceof Stmt.Store);
    }

    /** Whether iterations side by side see what they would see one after the other. */
    private boolean keepsOrder(Stmt.For f) {
        Assignments assignments = Assignments.of(f.body());
        for (Var v : Carried.of(f.body())) {
            boolean reduced =
                    assignments.count(v) == 1
                            && assignments.reads(v) == 1
                            && steps(f.body()).stream().anyMatch(s -> isReduction(s, v));
            if (!reduced || f.run().kind() == Run.Kind.PARALLEL) {
                return false;
            }
        }
        return storesWhatItLoads(f.body()) && computes(f.body()) && !leaksValues(f);
    }

    /** Whether a variable of one iteration is read after the loop. */
    private boolean leaksValues(Stmt.For f) {
        Assignments inside = Assignments.of(f.body());
        Set<Var> carried = Carried.of(f.body());
        return steps(f.body()).stream()
                .anyMatch(s ->
                        s instanceof Stmt.Assign(var target, _)
                                && !carried.contains(target)
                                && whole.reads(target) > inside.reads(target));
    }

    private static boolean isReduction(Stmt stmt, Var v) {
        return stmt instanceof Stmt.Assign(var target, Expr.Binary(var op, var x, var y))
                && target == v
                && v.type().equals(Type.F32)
                && (op == BinaryOp.ADD || op == BinaryOp.MAX || op == BinaryOp.MIN)
                && (x == v || y == v);
    }

    /**
     * An array that is stored to is loaded only where the same iteration stores. The variables of
     * an index must not change between two places, or equal sums would be different elements.
     */
    private static boolean storesWhatItLoads(Stmt body) {
        Map<Array, Affine> stores = new HashMap<>();
        Assignments assignments = Assignments.of(body);
        boolean[] fine = {true};
        for (Stmt s : steps(body)) {
            if (s instanceof Stmt.Store(var array, var index, _, _)) {
                Optional<Affine> at = Affine.of(index);
                fine[0] &= at.isPresent();
                at.ifPresent(a -> {
                    fine[0] &= a.equals(stores.merge(array, a, (x, _) -> x));
                    fine[0] &= a.terms().keySet().stream().allMatch(v -> assignments.count(v) <= 1);
                });
            }
        }
        new Walker() {
            @Override
            protected void visit(Expr e) {
                if (e instanceof Expr.Load(var array, var index, _, _)
                        && stores.containsKey(array)) {
                    fine[0] &= Affine.of(index).map(a -> a.equals(stores.get(array))).orElse(false);
                }
            }
        }.walk(body);
        return fine[0];
    }

    /** Loops that touch no array have nothing to gain. */
    private static boolean computes(Stmt body) {
        boolean[] touches = {false};
        new Walker() {
            @Override
            protected void visit(Expr e) {
                touches[0] |= e instanceof Expr.Load;
            }

            @Override
            protected void visit(Stmt s) {
                touches[0] |= s instanceof Stmt.Store;
            }
        }.walk(body);
        return touches[0];
    }
}
