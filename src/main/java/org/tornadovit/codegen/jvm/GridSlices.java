package org.tornadovit.codegen.jvm;

import java.util.ArrayList;
import java.util.List;
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

/**
 * Turns the grid loops of a kernel into sequential loops over a slice of the grid.
 *
 * <p>The points of the grid along the axes of the nest, outermost axis first, are numbered; a slice
 * is the points {@code from <= n < to}. Along an axis with {@code size} points and a loop of {@code
 * trips} iterations, point {@code c} runs iterations {@code trips * c / size} to {@code trips * (c
 * + 1) / size}: one each if the numbers agree, as they mostly do.
 *
 * <p>An axis is left whole when its loop shares a body with effects that must not be repeated.
 */
final class GridSlices extends Rewriter {
    /**
     * Iterations of a flat grid loop in one call of its method: called often enough to be compiled
     * as a method soon, seldom enough to cost nothing.
     */
    private static final long BLOCK = 1024;

    private static final Label NOWHERE = new Label("block");

    private final List<Integer> axes;
    private final Var[] sizes;
    private int depth;
    private Expr from;
    private Expr to;

    /**
     * A kernel's body over a slice.
     *
     * @param body no grid loops any more
     * @param axes the axes that are cut, outermost first
     * @param from {@code i64}, first point
     * @param to {@code i64}, behind the last point
     * @param sizes {@code i64}, points along axis 0, 1, 2
     */
    record Sliced(Stmt body, List<Integer> axes, Var from, Var to, List<Var> sizes) {}

    private GridSlices(List<Integer> axes, Var[] sizes, Var from, Var to) {
        this.axes = axes;
        this.sizes = sizes;
        this.from = from;
        this.to = to;
    }

    /**
     * {@return the kernel over a slice}
     *
     * @throws IllegalArgumentException when grid loops of different axes do not nest in one order
     */
    static Sliced of(Kernel kernel) {
        List<Integer> axes = axes(kernel);
        int cut = Repeats.depth(kernel.body(), axes.size());
        Var[] sizes = new Var[3];
        for (int axis = 0; axis < sizes.length; axis++) {
            sizes[axis] = new Var("size" + axis, Type.I64);
        }
        Var from = new Var("from", Type.I64);
        Var to = new Var("to", Type.I64);
        GridSlices slices = new GridSlices(axes.subList(0, cut), sizes, from, to);
        return new Sliced(
                slices.rewrite(kernel.body()),
                List.copyOf(axes.subList(0, cut)),
                from,
                to,
                List.of(sizes));
    }

    private static List<Integer> axes(Kernel kernel) {
        List<Integer> longest = new ArrayList<>();
        new Object() {
            void visit(Stmt stmt, List<Integer> path) {
                List<Integer> inner = path;
                if (stmt instanceof Stmt.For f && isGrid(f)) {
                    inner = new ArrayList<>(path);
                    inner.add(f.run().axis());
                    int common = Math.min(inner.size(), longest.size());
                    if (path.contains(f.run().axis())
                            || !inner.subList(0, common).equals(longest.subList(0, common))) {
                        throw new IllegalArgumentException(
                                "the grid loops of kernel "
                                        + kernel.name()
                                        + " nest in different orders: "
                                        + longest
                                        + " and "
                                        + inner);
                    }
                    if (inner.size() > longest.size()) {
                        longest.add(f.run().axis());
                    }
                }
                for (Stmt part : Parts.of(stmt)) {
                    visit(part, inner);
                }
            }
        }.visit(kernel.body(), List.of());
        return longest;
    }

    static boolean isGrid(Stmt.For f) {
        return f.run().kind() == Run.Kind.GRID;
    }

    @Override
    public Stmt rewrite(Stmt stmt) {
        if (!(stmt instanceof Stmt.For f) || !isGrid(f)) {
            return super.rewrite(stmt);
        }
        if (depth >= axes.size()) {
            return sequential(f, f.start(), f.bound(), super.rewrite(f.body()));
        }
        return depth == axes.size() - 1 ? last(f) : outer(f);
    }

    /** The innermost axis: its points are a range. */
    private Stmt last(Stmt.For f) {
        List<Stmt> out = new ArrayList<>();
        Expr trips = named("trips", trips(f), out);
        Expr low = named("low", iteration(f, trips, from), out);
        Expr high = named("high", iteration(f, trips, to), out);
        depth++;
        Stmt body = rewrite(f.body());
        depth--;
        if (Parts.hasLoop(body)) {
            out.add(between(f, low, high, body));
        } else {
            Var block = new Var("block", Type.I64);
            Expr end = binary(BinaryOp.MIN, binary(BinaryOp.ADD, block, i64(BLOCK)), high);
            out.add(
                    new Stmt.For(
                            NOWHERE,
                            block,
                            low,
                            high,
                            BLOCK,
                            Run.SEQUENTIAL,
                            between(f, block, end, body)));
        }
        return new Stmt.Sequence(out);
    }

    /** An outer axis: each point has its own range of the points further in. */
    private Stmt outer(Stmt.For f) {
        List<Stmt> out = new ArrayList<>();
        Expr trips = named("trips", trips(f), out);
        Expr points = i64(1);
        for (int axis : axes.subList(depth + 1, axes.size())) {
            points = binary(BinaryOp.MUL, points, sizes[axis]);
        }
        points = named("points", points, out);
        Expr first = named("first", binary(BinaryOp.DIV, from, points), out);
        Expr behind = // the point after that of to - 1
                named("behind", ceilingOfQuotient(to, points), out);
        Var point = new Var("point" + f.run().axis(), Type.I64);
        List<Stmt> inside = new ArrayList<>();
        Expr origin = named("origin", binary(BinaryOp.MUL, point, points), inside);
        Expr outerFrom = from;
        Expr outerTo = to;
        from =
                named(
                        "from",
                        binary(BinaryOp.MAX, binary(BinaryOp.SUB, from, origin), i64(0)),
                        inside);
        to = named("to", binary(BinaryOp.MIN, binary(BinaryOp.SUB, to, origin), points), inside);
        depth++;
        Stmt body = rewrite(f.body());
        depth--;
        from = outerFrom;
        to = outerTo;
        Expr next = binary(BinaryOp.ADD, point, i64(1));
        inside.add(between(f, iteration(f, trips, point), iteration(f, trips, next), body));
        out.add(
                new Stmt.For(
                        NOWHERE,
                        point,
                        first,
                        behind,
                        1,
                        Run.SEQUENTIAL,
                        new Stmt.Sequence(inside)));
        return new Stmt.Sequence(out);
    }

    private static Expr ceilingOfQuotient(Expr x, Expr y) {
        Expr up = binary(BinaryOp.SUB, binary(BinaryOp.ADD, x, y), i64(1));
        return binary(BinaryOp.DIV, up, y);
    }

    /** Iterations {@code low <= n < high} of {@code f}. */
    private static Stmt between(Stmt.For f, Expr low, Expr high, Stmt body) {
        Expr start = index(f, low);
        Expr end = index(f, high);
        BinaryOp nearest = f.step() > 0 ? BinaryOp.MIN : BinaryOp.MAX;
        end =
                binary(
                        nearest,
                        end,
                        wide(f.bound())); // the sum may pass the bound by less than a step
        return sequential(f, narrow(start, f), narrow(end, f), body);
    }

    private static Stmt sequential(Stmt.For f, Expr start, Expr bound, Stmt body) {
        return new Stmt.For(f.label(), f.index(), start, bound, f.step(), Run.SEQUENTIAL, body);
    }

    private static Expr index(Stmt.For f, Expr iteration) {
        return binary(
                BinaryOp.ADD,
                wide(f.start()),
                f.step() == 1 ? iteration : binary(BinaryOp.MUL, iteration, i64(f.step())));
    }

    private static Expr trips(Stmt.For f) {
        Expr distance =
                f.step() > 0
                        ? binary(BinaryOp.SUB, wide(f.bound()), wide(f.start()))
                        : binary(BinaryOp.SUB, wide(f.start()), wide(f.bound()));
        Expr trips = ceilingOfQuotient(distance, i64(Math.abs(f.step())));
        return binary(BinaryOp.MAX, trips, i64(0)); // also when the quotient rounds -0.5 to 0
    }

    /** The first iteration that point {@code point} runs. */
    private Expr iteration(Stmt.For f, Expr trips, Expr point) {
        Var size = sizes[f.run().axis()];
        Expr scaled = binary(BinaryOp.DIV, binary(BinaryOp.MUL, trips, point), size);
        return new Expr.Select(new Expr.Binary(BinaryOp.EQ, trips, size), point, scaled);
    }

    private static Expr named(String name, Expr value, List<Stmt> out) {
        if (value instanceof Const) {
            return value;
        }
        Var v = new Var(name, value.type());
        out.add(new Stmt.Assign(v, value));
        return v;
    }

    private static Const i64(long value) {
        return Const.i64(value);
    }

    private static Expr wide(Expr x) {
        return x.type().equals(Type.I64)
                ? x
                : x instanceof Const c ? i64(c.bits()) : new Expr.Cast(Type.I64, x);
    }

    private static Expr narrow(Expr x, Stmt.For f) {
        return f.index().type().equals(Type.I64) ? x : new Expr.Cast(f.index().type(), x);
    }

    /** Folds the constants that slicing itself brings. */
    private static Expr binary(BinaryOp op, Expr x, Expr y) {
        if (x instanceof Const a && y instanceof Const b) {
            return i64(
                    org.tornadovit.ir.Arithmetic.binary(op, a.type().scalar(), a.bits(), b.bits()));
        }
        boolean isOne = y instanceof Const c && c.bits() == 1;
        boolean isZero = y instanceof Const c && c.bits() == 0;
        boolean neutral =
                switch (op) {
                    case MUL, DIV -> isOne;
                    case ADD, SUB -> isZero;
                    default -> false;
                };
        if (op == BinaryOp.ADD && x instanceof Const c && c.bits() == 0) {
            return y;
        }
        if (op == BinaryOp.MUL && x instanceof Const c && c.bits() == 1) {
            return y;
        }
        return neutral ? x : new Expr.Binary(op, x, y);
    }

    /** How deep a nest of grid loops can be cut without repeating an effect. */
    private static final class Repeats {
        private static int depth(Stmt body, int depth) {
            return hasEffect(body) && hasGrid(body) ? 0 : inside(body, depth);
        }

        private static int inside(Stmt stmt, int depth) {
            int least = depth;
            for (Stmt.For f : gridLoops(stmt)) {
                boolean inner = hasGrid(f.body());
                least =
                        inner && hasEffect(f.body())
                                ? Math.min(least, 1)
                                : Math.min(least, inner ? 1 + inside(f.body(), depth - 1) : least);
            }
            return least;
        }

        private static List<Stmt.For> gridLoops(Stmt stmt) {
            List<Stmt.For> found = new ArrayList<>();
            if (stmt instanceof Stmt.For f && isGrid(f)) {
                found.add(f);
            } else {
                Parts.of(stmt).forEach(part -> found.addAll(gridLoops(part)));
            }
            return found;
        }

        private static boolean hasGrid(Stmt stmt) {
            return !gridLoops(stmt).isEmpty();
        }

        /** Whether memory is changed outside the outermost grid loops in {@code stmt}. */
        private static boolean hasEffect(Stmt stmt) {
            return switch (stmt) {
                case Stmt.Store _, Stmt.Atomic _ -> true;
                case Stmt.For f when isGrid(f) -> false;
                default -> Parts.of(stmt).stream().anyMatch(Repeats::hasEffect);
            };
        }
    }
}
