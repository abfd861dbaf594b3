package org.tornadovit.frontend;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * Finds reductions: {@code a[k] = a[k] op x} in a parallel loop, where {@code k} is the same in all
 * iterations, becomes an atomic operation, of which a later pass makes partial results.
 *
 * <p>The operations are +, -, *, min and max; a sum of several terms gives several operations. The
 * element keeps what it held before as one more operand, as in Java.
 */
final class Reductions {
    private final Set<Array> marked;

    /** Arrays that the source does not mark and uses in other ways too. */
    private final Set<Array> others = new HashSet<>();

    /** How often the kernel reads each variable. */
    private final Map<Var, Integer> reads;

    private Reductions(Set<Array> marked, Map<Var, Integer> reads) {
        this.marked = marked;
        this.reads = reads;
    }

    /**
     * {@return the kernel body with its reductions as atomic operations}
     *
     * @param marked arrays that the source marks with {@code @Reduce}
     * @throws UnsupportedKernelException when a parallel loop uses one of these in another way
     */
    static Stmt find(Stmt kernel, Set<Array> marked) {
        return new Reductions(marked, Regions.reads(kernel)).outermost(kernel);
    }

    private Stmt outermost(Stmt stmt) {
        return switch (stmt) {
            case Stmt.For f when f.run().kind() == Run.Kind.PARALLEL -> loop(f);
            case Stmt.For f -> Regions.withBody(f, outermost(f.body()));
            case Stmt.Sequence(var body) ->
                    new Stmt.Sequence(body.stream().map(this::outermost).toList());
            case Stmt.Labeled(var label, var body) -> new Stmt.Labeled(label, outermost(body));
            case Stmt.If(var condition, var yes, var no) ->
                    new Stmt.If(condition, outermost(yes), outermost(no));
            case Stmt.Loop(var label, var body) -> new Stmt.Loop(label, outermost(body));
            case Stmt.Assign _,
                    Stmt.Store _,
                    Stmt.Atomic _,
                    Stmt.Allocate _,
                    Stmt.Break _,
                    Stmt.Continue _,
                    Stmt.Return _,
                    Stmt.Barrier _,
                    Stmt.Check _ ->
                    stmt;
        };
    }

    private Stmt loop(Stmt.For f) {
        Set<Var> varying = new HashSet<>(Regions.assigned(f));
        varying.add(f.index());
        Map<Var, Expr.Load> held =
                HeldElements.of(f.body(), reads, index -> isFixed(index, varying));
        int known;
        Stmt result;
        do {
            known = others.size();
            result = reduced(f, varying, held);
        } while (others.size() > known);
        return Regions.withBody(f, inOrder(result));
    }

    /** Loops inside whose iterations all store to one element of a marked array run in order. */
    private Stmt inOrder(Stmt body) {
        return new Rewriter() {
            @Override
            protected Stmt visit(Stmt stmt) {
                return stmt instanceof Stmt.For f
                                && f.run().kind() == Run.Kind.PARALLEL
                                && shares(f)
                        ? new Stmt.For(
                                f.label(),
                                f.index(),
                                f.start(),
                                f.bound(),
                                f.step(),
                                Run.SEQUENTIAL,
                                f.body())
                        : stmt;
            }
        }.rewrite(body);
    }

    private boolean shares(Stmt.For f) {
        Set<Var> varying = Regions.assigned(f);
        return Regions.any(
                f.body(),
                s ->
                        s instanceof Stmt.Store store
                                && marked.contains(store.array())
                                && isFixed(store.index(), varying));
    }

    private Stmt reduced(Stmt.For f, Set<Var> varying, Map<Var, Expr.Load> held) {
        Set<Var> used = new HashSet<>();
        Stmt body =
                new Rewriter() {
                    @Override
                    protected Stmt visit(Stmt stmt) {
                        return stmt instanceof Stmt.Store store
                                ? reduction(store, varying, held, used).orElse(stmt)
                                : stmt;
                    }
                }.rewrite(f.body());
        Stmt rest =
                new Rewriter() {
                    @Override
                    protected Stmt visit(Stmt stmt) {
                        return stmt instanceof Stmt.Assign(var target, _) && used.contains(target)
                                ? Stmt.Sequence.EMPTY
                                : stmt;
                    }
                }.rewrite(body);
        check(rest, varying);
        return rest;
    }

    private static boolean isFixed(Expr index, Set<Var> varying) {
        return !Trees.any(
                index, e -> e instanceof Expr.Load || e instanceof Var v && varying.contains(v));
    }

    /** {@return the operations that a store makes, the first one first} */
    private Optional<Stmt> reduction(
            Stmt.Store store, Set<Var> varying, Map<Var, Expr.Load> held, Set<Var> used) {
        if (!isFixed(store.index(), varying)
                || store.array().space() != Space.GLOBAL
                || others.contains(store.array())) {
            return Optional.empty();
        }
        List<Stmt> steps = new ArrayList<>();
        Expr value = store.value();
        while (value instanceof Expr.Binary(var op, var x, var y)
                && isReduction(op)
                && steps.stream().allMatch(s -> s instanceof Stmt.Atomic a && mix(a.op(), op))) {
            boolean left = holds(x, store, held);
            if (left || op != BinaryOp.SUB && holds(y, store, held)) {
                Expr operand = left ? y : x;
                if (reads(operand, store.array(), held)) {
                    return Optional.empty();
                }
                steps.addFirst(step(op, operand, store));
                if ((left ? x : y) instanceof Var v) {
                    used.add(v);
                }
                return Optional.of(Regions.sequence(steps));
            }
            // (a[k] + x) + y: two operations
            if (reads(y, store.array(), held)) {
                return Optional.empty();
            }
            steps.addFirst(step(op, y, store));
            value = x;
        }
        return Optional.empty();
    }

    private static Stmt step(BinaryOp op, Expr operand, Stmt.Store store) {
        Var before = new Var("before", Type.of(store.array().element()));
        return new Stmt.Atomic(op, store.array(), store.index(), operand, before, store.site());
    }

    private static boolean isReduction(BinaryOp op) {
        return switch (op) {
            case ADD, SUB, MUL, MIN, MAX -> true;
            default -> false;
        };
    }

    /** Whether the order of the two operations on one element does not matter. */
    private static boolean mix(BinaryOp x, BinaryOp y) {
        return x == y || isSum(x) && isSum(y);
    }

    private static boolean isSum(BinaryOp op) {
        return op == BinaryOp.ADD || op == BinaryOp.SUB;
    }

    private static boolean holds(Expr x, Stmt.Store store, Map<Var, Expr.Load> held) {
        Expr value = x instanceof Var v && held.containsKey(v) ? held.get(v) : x;
        return value instanceof Expr.Load load
                && load.array() == store.array()
                && sameIndex(load.index(), store.index());
    }

    private static boolean sameIndex(Expr x, Expr y) {
        return Trees.same(x, y)
                || x instanceof Expr.Binary(var op, var a, var b)
                        && y instanceof Expr.Binary(var other, var c, var d)
                        && op == other
                        && sameIndex(a, c)
                        && sameIndex(b, d)
                || x instanceof Expr.Length(var array)
                        && y instanceof Expr.Length(var other)
                        && array == other;
    }

    private static boolean reads(Expr x, Array array, Map<Var, Expr.Load> held) {
        return Trees.any(
                x,
                e ->
                        e instanceof Expr.Load load && load.array() == array
                                || e instanceof Var v
                                        && held.containsKey(v)
                                        && held.get(v).array() == array);
    }

    /** In the loop, an array is reduced or used in other ways, not both. */
    private void check(Stmt body, Set<Var> varying) {
        List<Stmt.Atomic> steps = new ArrayList<>();
        Set<Array> reduced = new HashSet<>();
        new Walker() {
            @Override
            protected void visit(Stmt stmt) {
                if (stmt instanceof Stmt.Atomic a) {
                    require(isNumber(a.array().element()), a.array(), a.site());
                    require(steps.stream().allMatch(s -> agree(s, a)), a.array(), a.site());
                    steps.add(a);
                    reduced.add(a.array());
                }
            }
        }.walk(body);
        new Walker() {
            @Override
            protected void visit(Stmt stmt) {
                if (stmt instanceof Stmt.Store s) {
                    boolean shared = marked.contains(s.array()) && isFixed(s.index(), varying);
                    require(!shared && !reduced.contains(s.array()), s.array(), s.site());
                }
            }

            @Override
            protected void visit(Expr expr) {
                if (expr instanceof Expr.Load load) {
                    require(!reduced.contains(load.array()), load.array(), load.site());
                }
            }
        }.walk(body);
    }

    /** Whether two operations may run in any order: of one kind, or on different elements. */
    private static boolean agree(Stmt.Atomic x, Stmt.Atomic y) {
        return x.array() != y.array()
                || mix(x.op(), y.op())
                || x.index() instanceof Const a
                        && y.index() instanceof Const b
                        && a.bits() != b.bits();
    }

    private static boolean isNumber(Scalar type) {
        return switch (type) {
            case I32, I64, F32, F64 -> true;
            case BOOL, I8, I16, U16, F16, BF16 -> false;
        };
    }

    private void require(boolean holds, Array array, Site site) {
        if (!holds && !marked.contains(array)) {
            others.add(array);
        } else if (!holds) {
            throw new UnsupportedKernelException(
                    site,
                    "this use of " + array + ", which a parallel loop reduces,",
                    "write a.set(0, a.get(0) + x), or -, *, min or max, one of them for an element,"
                            + " on an array of int, long, float or double");
        }
    }
}
