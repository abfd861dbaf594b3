package org.tornadovit.passes;

import static org.tornadovit.passes.IndexArithmetic.plus;
import static org.tornadovit.passes.IndexArithmetic.times;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
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
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * Runs innermost loops over neighbouring floats a vector at a time, and what is left over one by
 * one: element-wise operations, and the passes over a row of softmax and layer normalisation.
 *
 * <p>A sum over the row still adds its terms in order. When that is all a loop does, it stays as it
 * is, for {@link InterleaveRows}; a sum of terms that are stored as well becomes a loop of its own
 * that reads them again; any other adds lane after lane. Maximum and minimum are combined in any
 * order, which changes no bit.
 */
final class StripMine {
    /** Floats in the shortest vector. */
    private static final int SHORTEST = 4;

    /**
     * Vectors side by side in loops inside: they read whole pieces of memory, and wait together.
     */
    private static final int MOST_ABREAST = 4;

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
        long trips = Stmt.For.trips(s.bits(), e.bits(), 1);
        boolean straight = isStraight(f.body());
        if (trips < lanes || !(straight || parallel && isCompound(f.body())) || !keepsOrder(f)) {
            return Optional.empty();
        }
        if (parallel) {
            return parallel(f, s, trips, lanes);
        }
        List<Stmt> sums = steps(f.body()).stream().filter(step -> isOrdered(f, step)).toList();
        if (!sums.isEmpty() && isCheap(f.body())) {
            return Optional.empty();
        }
        return sums.isEmpty()
                ? sequential(f, s, e, trips, lanes)
                : apart(f, s, e, trips, sums).or(() -> sequential(f, s, e, trips, lanes));
    }

    private static boolean isOrdered(Stmt.For f, Stmt step) {
        return Carried.of(f.body()).stream().anyMatch(v -> isReduction(step, v))
                && step instanceof Stmt.Assign(_, Expr.Binary(var op, _, _))
                && op == BinaryOp.ADD;
    }

    /** Whether computing the terms costs little beside adding them one after the other. */
    private static boolean isCheap(Stmt body) {
        boolean[] cheap = {true};
        new Walker() {
            @Override
            protected void visit(Expr e) {
                cheap[0] &= !(e instanceof Expr.Call);
            }

            @Override
            protected void visit(Stmt s) {
                cheap[0] &= !(s instanceof Stmt.Store);
            }
        }.walk(body);
        return cheap[0];
    }

    /** The sums in a loop of their own behind the others, if all their terms are stored. */
    private Optional<Stmt> apart(Stmt.For f, Const start, Const end, long trips, List<Stmt> sums) {
        List<Stmt> others = new ArrayList<>(steps(f.body()));
        others.removeAll(sums);
        Var index = new Var(f.index().name(), Type.I32);
        List<Stmt> again = new ArrayList<>();
        for (Stmt sum : sums) {
            Stmt.Assign assign = (Stmt.Assign) sum;
            Expr.Binary add = (Expr.Binary) assign.value();
            Expr term = add.x() == assign.target() ? add.y() : add.x();
            Optional<Stmt.Store> stored =
                    others.stream()
                            .filter(s ->
                                    s instanceof Stmt.Store store
                                            && store.value() == term
                                            && store.array().element() == Scalar.F32)
                            .map(Stmt.Store.class::cast)
                            .findFirst();
            if (stored.isEmpty() || stores(others, stored.get().array()) != 1) {
                return Optional.empty();
            }
            Expr at = Clone.of(stored.get().index(), Map.of(f.index(), index));
            Expr load = new Expr.Load(stored.get().array(), at, term.type(), stored.get().site());
            Expr value = new Expr.Binary(BinaryOp.ADD, assign.target(), load);
            again.add(new Stmt.Assign(assign.target(), value));
        }
        Stmt.For first = Split.withBody(f, new Stmt.Sequence(others));
        Stmt second =
                new Stmt.For(
                        new Label(f.label().name()),
                        index,
                        f.start(),
                        f.bound(),
                        1,
                        f.run(),
                        new Stmt.Sequence(again));
        return sequential(first, start, end, trips, target.lanes())
                .map(vectors -> new Stmt.Sequence(List.of(vectors, second)));
    }

    /**
     * for v &lt; trips / lanes (rounded up): a vector, or the rest one by one; where the body has
     * loops, some vectors side by side.
     */
    private Optional<Stmt> parallel(Stmt.For f, Const start, long trips, int lanes) {
        Var strip = new Var(f.index().name() + "v", Type.I32);
        long vectors = trips / lanes;
        int abreast = isStraight(f.body()) ? 1 : MOST_ABREAST;
        while (vectors % abreast != 0) {
            abreast /= 2;
        }
        int width = abreast * lanes;
        List<Stmt> bodies = new ArrayList<>();
        for (int v = 0; v < abreast; v++) {
            Expr first = plus(plus(times(strip, width), start), Const.i32(v * lanes));
            vector(f, first, lanes, new ArrayList<>(), new ArrayList<>()).ifPresent(bodies::add);
        }
        if (bodies.size() < abreast) {
            return Optional.empty();
        }
        long full = vectors / abreast;
        Stmt all = Abreast.of(bodies);
        if (trips % lanes != 0) {
            Stmt rest = rest(f, plus(Const.i32((int) (vectors * lanes)), start));
            Expr isFull = new Expr.Binary(BinaryOp.LT, strip, Const.i32((int) full));
            all = new Stmt.If(isFull, all, rest);
        }
        Const strips = Const.i32((int) (full + (trips % lanes != 0 ? 1 : 0)));
        return Optional.of(
                new Stmt.For(f.label(), strip, Const.i32(0), strips, 1, Run.PARALLEL, all));
    }

    private static long stores(List<Stmt> steps, Array array) {
        return steps.stream()
                .filter(s -> s instanceof Stmt.Store store && store.array() == array)
                .count();
    }

    private Optional<Stmt> sequential(Stmt.For f, Const start, Const end, long trips, int lanes) {
        Var strip = new Var(f.index().name(), Type.I32);
        Const middle = Const.i32((int) (start.bits() + trips / lanes * lanes));
        List<Stmt> before = new ArrayList<>();
        List<Stmt> after = new ArrayList<>();
        return vector(f, strip, lanes, before, after)
                .map(body -> {
                    List<Stmt> all = new ArrayList<>(before);
                    all.add(new Stmt.For(f.label(), strip, start, middle, lanes, f.run(), body));
                    all.addAll(after);
                    if (middle.bits() != end.bits()) {
                        all.add(rest(f, middle, end, trips % lanes, lanes));
                    }
                    return new Stmt.Sequence(all);
                });
    }

    /** What is left over: in shorter vectors where functions make it dear, else one by one. */
    private Stmt rest(Stmt.For f, Const start, Const end, long trips, int lanes) {
        Stmt.For rest = rest(f, start);
        int fewer = lanes / 2;
        while (fewer > trips) {
            fewer /= 2;
        }
        boolean pays = fewer >= SHORTEST && !isCheap(f.body()) && calls(f.body());
        return pays ? sequential(rest, start, end, trips, fewer).orElse(rest) : rest;
    }

    private static boolean calls(Stmt body) {
        boolean[] calls = {false};
        new Walker() {
            @Override
            protected void visit(Expr e) {
                calls[0] |= e instanceof Expr.Call;
            }
        }.walk(body);
        return calls[0];
    }

    private static Stmt.For rest(Stmt.For f, Expr start) {
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

    /** The body for {@code lanes} iterations; what happens around the loop is appended. */
    private Optional<Stmt> vector(
            Stmt.For f, Expr first, int lanes, List<Stmt> before, List<Stmt> after) {
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
                if (op == BinaryOp.ADD) {
                    addInOrder(target, all, lanes, out);
                } else {
                    Var extremes = new Var(target.name() + "s", all.type());
                    before.add(new Stmt.Assign(extremes, Vectorise.wide(target, lanes)));
                    out.add(new Stmt.Assign(extremes, new Expr.Binary(op, extremes, all)));
                    after.add(new Stmt.Assign(target, new Expr.Reduce(op, extremes)));
                }
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

    private static void addInOrder(Var target, Expr all, int lanes, List<Stmt> out) {
        Var held = new Var("lanes", all.type());
        out.add(new Stmt.Assign(held, all));
        for (int l = 0; l < lanes; l++) {
            Expr sum = new Expr.Binary(BinaryOp.ADD, target, new Expr.Lane(held, l));
            out.add(new Stmt.Assign(target, sum));
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

    /**
     * Whether the body consists of assignments, loops and branches without jumps, and loads nothing
     * of what it stores. Iterations of a parallel loop may then be taken in any order, side by side
     * too.
     */
    private static boolean isCompound(Stmt body) {
        Set<Array> stored = new HashSet<>();
        Set<Array> loaded = new HashSet<>();
        boolean[] plain = {true};
        new Walker() {
            @Override
            protected void visit(Expr e) {
                if (e instanceof Expr.Load load) {
                    loaded.add(load.array());
                }
            }

            @Override
            protected void visit(Stmt s) {
                switch (s) {
                    case Stmt.Store store -> stored.add(store.array());
                    case Stmt.Assign _, Stmt.Sequence _, Stmt.For _, Stmt.If _ -> {}
                    default -> plain[0] = false;
                }
            }
        }.walk(body);
        return plain[0] && !stored.isEmpty() && Collections.disjoint(stored, loaded);
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
        boolean apart = f.run().kind() == Run.Kind.PARALLEL && isCompound(f.body());
        return (apart || storesWhatItLoads(f.body())) && computes(f.body()) && !leaksValues(f);
    }

    /** Whether a variable of one iteration is read after the loop. */
    private boolean leaksValues(Stmt.For f) {
        Assignments inside = Assignments.of(f.body());
        Set<Var> carried = Carried.of(f.body());
        return inside.assigned().stream()
                .anyMatch(v -> !carried.contains(v) && whole.reads(v) > inside.reads(v));
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
