package org.tornadovit.frontend;

import static java.util.Objects.requireNonNull;

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
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

/**
 * Finds counted loops: {@code loop { if i >= n break; ...; i += c }} becomes a {@link Stmt.For}.
 *
 * <p>The bound must not change in the loop, and the index must not be read after it. A bound {@code
 * <= n} becomes {@code < n + 1}, which differs from Java only for the greatest {@code int}, where
 * the Java loop never ends; a loop that a break can end stays as it is unless {@code n} is known.
 */
final class CountedLoops {
    /** Steps up to here cannot pass the greatest int before an array index is out of bounds. */
    private static final long LARGEST_STEP = 1 << 16;

    private final Map<Var, Integer> reads;
    private final Map<Var, Site> parallel;
    private final Set<Var> found = new HashSet<>();

    private CountedLoops(Stmt kernel, Map<Var, Site> parallel) {
        this.reads = Regions.reads(kernel);
        this.parallel = parallel;
    }

    /**
     * {@return the kernel with its counted loops}
     *
     * @param parallel variables marked parallel, with the place of their loops
     * @throws UnsupportedKernelException when one of these is not the index of a counted loop
     */
    static Stmt find(Stmt kernel, Map<Var, Site> parallel) {
        CountedLoops pass = new CountedLoops(kernel, parallel);
        Stmt result = Regions.sequence(pass.all(Regions.list(kernel)));
        parallel.forEach((variable, site) -> {
            if (!pass.found.contains(variable)) {
                throw refused(variable, site, "it is not a counted for loop");
            }
        });
        return result;
    }

    private static UnsupportedKernelException refused(Var variable, Site site, String reason) {
        return new UnsupportedKernelException(
                site,
                "@Parallel on the loop over " + variable + " (" + reason + ")",
                "write for (@Parallel int i = start; i < bound; i += constant) with a bound that"
                        + " does not change, and do not leave the loop from inside");
    }

    private List<Stmt> all(List<Stmt> list) {
        List<Stmt> result = new ArrayList<>();
        for (Stmt stmt : list) {
            Stmt inner = inside(stmt instanceof Stmt.Labeled block ? sink(block, result) : stmt);
            if (inner instanceof Stmt.Loop loop) {
                replace(loop, result);
            } else {
                result.add(inner);
            }
        }
        return result;
    }

    /** Moves the start of a loop that a block begins with into the block. */
    private static Stmt.Labeled sink(Stmt.Labeled block, List<Stmt> before) {
        List<Stmt> body = new ArrayList<>(Regions.list(block.body()));
        if (body.getFirst() instanceof Stmt.Labeled inner) {
            body.set(0, sink(inner, before));
        } else if (body.getFirst() instanceof Stmt.Loop loop) {
            int start = count(loop).map(c -> startOf(c.index(), before)).orElse(-1);
            if (start >= 0) {
                body.addFirst(before.remove(start));
            }
        }
        return new Stmt.Labeled(block.label(), Regions.sequence(body));
    }

    private Stmt inside(Stmt stmt) {
        return switch (stmt) {
            case Stmt.Sequence(var body) -> new Stmt.Sequence(all(body));
            case Stmt.Labeled(var label, var body) -> new Stmt.Labeled(label, nested(body));
            case Stmt.If(var condition, var yes, var no) ->
                    new Stmt.If(condition, nested(yes), nested(no));
            case Stmt.Loop(var label, var body) -> new Stmt.Loop(label, nested(body));
            case Stmt.For(
                            var label,
                            var index,
                            var start,
                            var bound,
                            var step,
                            var run,
                            var body) ->
                    new Stmt.For(label, index, start, bound, step, run, nested(body));
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

    private Stmt nested(Stmt body) {
        return Regions.sequence(all(Regions.list(body)));
    }

    /** A loop that counts {@code index} by {@code step} while {@code index op bound}. */
    private record Count(Var index, BinaryOp op, Expr bound, long step, List<Stmt> body) {}

    private void replace(Stmt.Loop loop, List<Stmt> before) {
        Optional<Count> count = count(loop);
        if (count.isEmpty() && strides(loop, before)) {
            return;
        }
        if (count.isEmpty()) {
            Regions.assigned(loop.body()).stream()
                    .filter(v -> parallel.containsKey(v) && !found.contains(v))
                    .filter(v -> counts(loop, v))
                    .forEach(v -> {
                        throw refused(v, requireNonNull(parallel.get(v)), shape(loop, v));
                    });
            before.add(loop);
            return;
        }
        Count c = count.get();
        boolean marked = parallel.containsKey(c.index());
        String reason = obstacle(loop, c, marked);
        Optional<Expr> bound = reason.isEmpty() ? bound(c, marked, before) : Optional.empty();
        if (bound.isEmpty()) {
            if (marked) {
                String why = reason.isEmpty() ? "its condition may never become false" : reason;
                throw refused(c.index(), requireNonNull(parallel.get(c.index())), why);
            }
            before.add(loop);
            return;
        }
        int start = startOf(c.index(), before);
        Stmt body = Regions.sequence(c.body());
        Run run = marked ? Run.PARALLEL : Run.SEQUENTIAL;
        found.add(c.index());
        if (start >= 0) {
            Expr value = ((Stmt.Assign) before.remove(start)).value();
            before.add(
                    new Stmt.For(loop.label(), c.index(), value, bound.get(), c.step(), run, body));
        } else {
            Var index = new Var(c.index().name(), c.index().type());
            Stmt renamed = new Renaming(c.index(), index).rewrite(body);
            before.add(
                    new Stmt.For(
                            loop.label(), index, c.index(), bound.get(), c.step(), run, renamed));
        }
    }

    private static Optional<Count> count(Stmt.Loop loop) {
        List<Stmt> list = Regions.list(loop.body());
        if (list.size() < 2
                || !(list.getFirst() instanceof Stmt.If(var exit, var yes, var no))
                || !(yes instanceof Stmt.Break(var target) && target == loop.label())
                || !Regions.isEmpty(no)
                || !(Trees.not(exit) instanceof Expr.Binary(var op, var x, var y))
                || !(list.getLast() instanceof Stmt.Assign(var index, var next))) {
            return Optional.empty();
        }
        long step = step(index, next);
        List<Stmt> body = list.subList(1, list.size() - 1);
        if (step == 0 || index.type().isFloat()) {
            return Optional.empty();
        }
        if (x == index && !Trees.reads(y, index)) {
            return Optional.of(new Count(index, op, y, step, body));
        }
        if (y == index && !Trees.reads(x, index)) {
            return Optional.of(new Count(index, mirrored(op), x, step, body));
        }
        return Optional.empty();
    }

    /** Counts the iterations of a parallel loop whose step is no constant: a step is positive. */
    private boolean strides(Stmt.Loop loop, List<Stmt> before) {
        List<Stmt> list = Regions.list(loop.body());
        if (!(list.getLast() instanceof Stmt.Assign(Var index, Expr.Binary(var op, var x, var y)))
                || x != index
                || Trees.reads(y, index)
                || !parallel.containsKey(index)
                || !index.type().equals(Type.I32)
                || op != BinaryOp.ADD && op != BinaryOp.SUB) {
            return false;
        }
        int sign = op == BinaryOp.ADD ? 1 : -1;
        List<Stmt> unit = new ArrayList<>(list.subList(0, list.size() - 1));
        unit.add(new Stmt.Assign(index, Trees.binary(op, index, Const.i32(1))));
        Optional<Count> count = count(new Stmt.Loop(loop.label(), Regions.sequence(unit)));
        int start = startOf(index, before);
        if (count.isEmpty() || start < 0) {
            return false;
        }
        Count c = count.get();
        Stmt body = Regions.sequence(c.body());
        boolean counts = obstacle(loop, c, true).isEmpty() && isFixed(y, body, true);
        Optional<Expr> bound = counts ? bound(c, true, before) : Optional.empty();
        if (bound.isEmpty() || c.op() == BinaryOp.NE) {
            return false;
        }
        Var first = new Var("first", Type.I32);
        Var by = new Var("by", Type.I32);
        before.add(new Stmt.Assign(first, ((Stmt.Assign) before.remove(start)).value()));
        before.add(new Stmt.Assign(by, y));
        Expr positive = Trees.binary(BinaryOp.GE, by, Const.i32(0));
        Site site = requireNonNull(parallel.get(index));
        before.add(new Stmt.Check(positive, Stmt.Trap.INDEX, by, site));
        Var turn = new Var("turn", Type.I32);
        Expr way = Trees.binary(BinaryOp.MUL, turn, by);
        before.add(
                new Stmt.For(
                        loop.label(),
                        turn,
                        Const.i32(0),
                        turns(first, bound.get(), by, sign),
                        1,
                        Run.PARALLEL,
                        Regions.sequence(
                                List.of(
                                        new Stmt.Assign(index, Trees.binary(op, first, way)),
                                        body))));
        found.add(index);
        return true;
    }

    /** {@code ((long) bound - first + by - 1) / by}, and the like downwards. */
    private static Expr turns(Var first, Expr bound, Var by, int sign) {
        Expr low = Trees.cast(Scalar.I64, sign > 0 ? first : bound);
        Expr high = Trees.cast(Scalar.I64, sign > 0 ? bound : first);
        Expr step = Trees.cast(Scalar.I64, by);
        Expr more = Trees.binary(BinaryOp.SUB, step, Const.i64(1));
        Expr way = Trees.binary(BinaryOp.ADD, Trees.binary(BinaryOp.SUB, high, low), more);
        return Trees.cast(Scalar.I32, Trees.binary(BinaryOp.DIV, way, step));
    }

    private static BinaryOp mirrored(BinaryOp op) {
        return switch (op) {
            case LT -> BinaryOp.GT;
            case LE -> BinaryOp.GE;
            case GT -> BinaryOp.LT;
            case GE -> BinaryOp.LE;
            default -> op;
        };
    }

    /** {@return the constant that {@code next} adds to {@code index}, or 0} */
    private static long step(Var index, Expr next) {
        if (!(next instanceof Expr.Binary(var op, var x, var y))) {
            return 0;
        }
        if (op == BinaryOp.ADD && x == index && y instanceof Const c) {
            return c.bits();
        }
        if (op == BinaryOp.ADD && y == index && x instanceof Const c) {
            return c.bits();
        }
        return op == BinaryOp.SUB && x == index && y instanceof Const c ? -c.bits() : 0;
    }

    /** {@return why the loop cannot be counted, or nothing} */
    private String obstacle(Stmt.Loop loop, Count c, boolean marked) {
        Stmt body = Regions.sequence(c.body());
        if (Regions.assigned(body).contains(c.index())) {
            return "its index is assigned in the body";
        }
        if (Regions.any(body, s -> s instanceof Stmt.Continue(var l) && l == loop.label())) {
            return "a continue skips the step";
        }
        if (reads.getOrDefault(c.index(), 0) > Regions.reads(loop).getOrDefault(c.index(), 0)) {
            return "its index is used outside of the loop";
        }
        if (marked && leaves(body)) {
            return "a break or return leaves it";
        }
        return isFixed(c.bound(), body, marked) ? "" : "its bound changes in the loop";
    }

    private static boolean leaves(Stmt body) {
        Set<Label> inner = new HashSet<>();
        Regions.any(
                body,
                s -> {
                    switch (s) {
                        case Stmt.Labeled(var label, _) -> inner.add(label);
                        case Stmt.Loop(var label, _) -> inner.add(label);
                        case Stmt.For f -> inner.add(f.label());
                        default -> {}
                    }
                    return false;
                });
        return Regions.any(
                body,
                s ->
                        s instanceof Stmt.Return
                                || s instanceof Stmt.Break(var b) && !inner.contains(b)
                                || s instanceof Stmt.Continue(var l) && !inner.contains(l));
    }

    /** Arrays may overlap, but iterations marked parallel do not change each other's bound. */
    private static boolean isFixed(Expr bound, Stmt body, boolean marked) {
        Set<Var> assigned = Regions.assigned(body);
        Set<Array> stored = Regions.stored(body);
        return !Trees.any(
                bound,
                e ->
                        e instanceof Var v && assigned.contains(v)
                                || e instanceof Expr.Load(var array, _, _, _)
                                        && (marked ? stored.contains(array) : !stored.isEmpty()));
    }

    /** {@return the exclusive bound, if the loop is sure to stop there as Java's does} */
    private static Optional<Expr> bound(Count c, boolean marked, List<Stmt> before) {
        boolean up = c.step() > 0;
        if (Math.abs(c.step()) > LARGEST_STEP) {
            return Optional.empty();
        }
        boolean ends = marked || !leaves(Regions.sequence(c.body()));
        return switch (c.op()) {
            case LT -> up ? Optional.of(c.bound()) : Optional.empty();
            case GT -> up ? Optional.empty() : Optional.of(c.bound());
            case LE -> up ? inclusive(c, ends) : Optional.empty();
            case GE -> up ? Optional.empty() : inclusive(c, ends);
            case NE -> unequal(c, marked, before);
            default -> Optional.empty();
        };
    }

    private static Optional<Expr> inclusive(Count c, boolean ends) {
        int one = c.step() > 0 ? 1 : -1;
        Type type = c.index().type();
        if (c.bound() instanceof Const(_, var bits)) {
            long last = type.equals(Type.I32) ? Integer.MAX_VALUE : Long.MAX_VALUE;
            boolean safe = one > 0 ? bits < last : bits > -last - 1;
            return safe ? Optional.of(new Const(type, bits + one)) : Optional.empty();
        }
        if (!ends) {
            return Optional.empty();
        }
        // i <= n - 1: the bound is n
        if (c.bound() instanceof Expr.Binary(var op, var x, Const k)
                && (op == BinaryOp.SUB && k.bits() == one
                        || op == BinaryOp.ADD && k.bits() == -one)) {
            return Optional.of(x);
        }
        return Optional.of(Trees.binary(BinaryOp.ADD, c.bound(), new Const(type, one)));
    }

    /** {@code i != n} is {@code i < n} if it starts below and the step cannot pass n. */
    private static Optional<Expr> unequal(Count c, boolean marked, List<Stmt> before) {
        if (Math.abs(c.step()) != 1) {
            return Optional.empty();
        }
        if (marked) {
            return Optional.of(c.bound());
        }
        int at = startOf(c.index(), before);
        if (at < 0 || !(((Stmt.Assign) before.get(at)).value() instanceof Const start)) {
            return Optional.empty();
        }
        boolean below =
                switch (c.bound()) {
                    case Const end ->
                            c.step() > 0 ? start.bits() <= end.bits() : start.bits() >= end.bits();
                    case Expr.Length _ -> c.step() > 0 && start.bits() <= 0;
                    default -> false;
                };
        return below ? Optional.of(c.bound()) : Optional.empty();
    }

    /** {@return the position of the statement that gives the index its start, or -1} */
    private static int startOf(Var index, List<Stmt> before) {
        Set<Var> changed = new HashSet<>();
        boolean wrote = false;
        for (int i = before.size() - 1; i >= 0; i--) {
            Stmt stmt = before.get(i);
            if (stmt instanceof Stmt.Assign(var target, var value) && target == index) {
                boolean moved = wrote;
                return Trees.any(
                                value,
                                e ->
                                        e instanceof Var v && changed.contains(v)
                                                || e instanceof Expr.Load && moved)
                        ? -1
                        : i;
            }
            if (!(stmt instanceof Stmt.Assign
                    || stmt instanceof Stmt.Store
                    || stmt instanceof Stmt.Allocate
                    || stmt instanceof Stmt.For)) {
                return -1;
            }
            Set<Var> assigned = Regions.assigned(stmt);
            if (assigned.contains(index)) {
                return -1;
            }
            changed.addAll(assigned);
            wrote |= Regions.writes(stmt);
        }
        return -1;
    }

    private static boolean counts(Stmt.Loop loop, Var variable) {
        return Regions.list(loop.body()).stream()
                .anyMatch(s -> s instanceof Stmt.Assign(var v, _) && v == variable);
    }

    private static String shape(Stmt.Loop loop, Var variable) {
        List<Stmt> list = Regions.list(loop.body());
        boolean stepped =
                list.getLast() instanceof Stmt.Assign(var v, var next)
                        && v == variable
                        && step(v, next) != 0;
        return stepped ? "its condition does not compare the index" : "its step is not a constant";
    }
}
