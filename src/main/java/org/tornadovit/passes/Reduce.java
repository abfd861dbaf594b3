package org.tornadovit.passes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

/**
 * Computes a reduction in phases: first partial results, side by side, then their combination with
 * what the element holds, in order.
 *
 * <p>Partial result number c belongs to a block of consecutive iterations on a processor with
 * vectors, where iteration i of a block goes to lane i modulo their number; elsewhere to the
 * iterations c, c + count, c + 2 count and so on. The number depends on the device and on the
 * length of the loop only, so that equal runs give equal bits.
 */
final class Reduce {
    /** Iterations for which a partial result of its own is worth it. */
    private static final int ITERATIONS = 2048;

    /** Blocks for each core, so that none waits for a slow one. */
    private static final int BLOCKS_A_CORE = 4;

    /** Work-items for each multiprocessor. */
    private static final int ITEMS_A_CORE = 256;

    /** Vectors that a block fills side by side, to hide the latency of an addition. */
    private static final int VECTORS = 4;

    /** Partial results side by side in a circuit. */
    private static final int ADDERS = 16;

    /** Partial results that one work-item combines at the end. */
    private static final int LAST = 256;

    /**
     * Kernels to run one after the other.
     *
     * @param scratch the arrays of partial results, with their lengths
     */
    record Phases(List<Kernel> kernels, Map<Array, Long> scratch) {}

    private final Kernel kernel;
    private final Reduction reduction;
    private final Target target;
    private final List<Kernel> kernels = new ArrayList<>();
    private final Map<Array, Long> scratch = new LinkedHashMap<>();

    private Reduce(Kernel kernel, Reduction reduction, Target target) {
        this.kernel = kernel;
        this.reduction = reduction;
        this.target = target;
    }

    /** {@return the phases of a kernel that is a reduction} */
    static Optional<Phases> apply(Kernel kernel, Target target) {
        return Reduction.of(kernel)
                .filter(r -> Math.abs(r.loop().step()) < 1 << 16)
                .map(r -> new Reduce(kernel, r, target).phases());
    }

    private Phases phases() {
        long trips = reduction.trips();
        List<Array> partials;
        List<Stmt> last = new ArrayList<>(reduction.before());
        List<Var> sums = new ArrayList<>();
        for (Reduction.Term term : reduction.terms()) {
            Var sum = new Var("result", term.type());
            sums.add(sum);
            last.add(new Stmt.Assign(sum, term.load(term.array(), term.index())));
        }
        if (trips < ITERATIONS) {
            last.add(Split.withBody(sequential(reduction.loop(), 0, 1), into(sums)));
        } else if (target.isOneItem()) {
            // as many rows as blocks: sums of sums of equal length lose least
            long rows = (long) Math.sqrt((double) trips / ADDERS);
            long blocks = trips / ADDERS / rows;
            Var block = new Var("block", Type.I32);
            Stmt each =
                    block(
                            block,
                            rows,
                            ADDERS,
                            (t, sum) -> {
                                Expr all = reduction.terms().get(t).combine(sums.get(t), sum);
                                return new Stmt.Assign(sums.get(t), all);
                            });
            last.add(loop(block, 0, (int) blocks, each));
            long rest = blocks * rows * ADDERS;
            last.add(Split.withBody(sequential(reduction.loop(), rest, 1), into(sums)));
        } else if (target.lanes() > 1) {
            long lanes = (long) target.lanes() * VECTORS;
            long most = Math.min(trips / ITERATIONS, (long) target.cores() * BLOCKS_A_CORE);
            long rows = Math.ceilDiv(trips / lanes, most);
            long blocks = Math.ceilDiv(trips / lanes, rows);
            partials = partials(blocks);
            blocks(partials, blocks, rows, (int) lanes);
            combine(partials, blocks, sums, last);
            long rest = trips / lanes * lanes;
            last.add(Split.withBody(sequential(reduction.loop(), rest, 1), into(sums)));
        } else {
            long count =
                    Math.min(trips / (ITERATIONS / LAST), (long) target.cores() * ITEMS_A_CORE);
            partials = partials(count);
            strides(partials, count);
            while (count > LAST) {
                List<Array> fewer = partials(LAST);
                fold(partials, count, fewer);
                partials = fewer;
                count = LAST;
            }
            combine(partials, count, sums, last);
        }
        for (int t = 0; t < sums.size(); t++) {
            Reduction.Term term = reduction.terms().get(t);
            last.add(new Stmt.Store(term.array(), term.index(), sums.get(t), Site.NONE));
        }
        kernels.add(kernel(last));
        return new Phases(kernels, scratch);
    }

    private List<Array> partials(long count) {
        List<Array> arrays = new ArrayList<>();
        for (Reduction.Term term : reduction.terms()) {
            Array array = new Array("partial", term.array().element(), Space.GLOBAL);
            arrays.add(array);
            scratch.put(array, count);
        }
        return arrays;
    }

    private Kernel kernel(List<Stmt> body) {
        List<Param> params = new ArrayList<>(kernel.params());
        scratch.keySet().forEach(array -> params.add(new Param.OfArray(array)));
        Stmt all = Simplify.apply((Stmt) new Stmt.Sequence(body));
        return new Kernel(kernel.name(), params, all, kernel.form(), kernel.source());
    }

    /** The loop from iteration {@code first} on, every {@code stride}-th. */
    private static Stmt.For sequential(Stmt.For f, long first, long stride) {
        Const start = (Const) f.start();
        Const from = new Const(start.type(), start.bits() + first * f.step());
        return new Stmt.For(
                f.label(), f.index(), from, f.bound(), f.step() * stride, Run.SEQUENTIAL, f.body());
    }

    private Stmt into(List<Var> sums) {
        return reduction.body((t, op, value) ->
                new Stmt.Assign(sums.get(t), new Expr.Binary(op, sums.get(t), value)));
    }

    /** for block: for row: for lane: one iteration; then the lanes of the block together. */
    private void blocks(List<Array> partials, long blocks, long rows, int lanes) {
        Var block = new Var("block", Type.I32);
        Stmt body =
                block(
                        block,
                        rows,
                        lanes,
                        (t, sum) -> new Stmt.Store(partials.get(t), block, sum, Site.NONE));
        kernels.add(kernel(with(parallel(block, blocks, List.of(body)))));
    }

    /** The rows of one block: for row: for lane: one iteration; then the lanes together. */
    private Stmt block(Var block, long rows, int lanes, BiFunction<Integer, Var, Stmt> result) {
        Stmt.For f = reduction.loop();
        Type type = f.index().type();
        Var row = new Var("row", Type.I32);
        Var lane = new Var("lane", Type.I32);
        List<Array> sums = new ArrayList<>();
        List<Stmt> body = new ArrayList<>();
        for (Reduction.Term term : reduction.terms()) {
            Array sum = new Array("sums", term.array().element(), Space.PRIVATE);
            sums.add(sum);
            body.add(new Stmt.Allocate(sum, Const.i32(lanes), Site.NONE));
            Var at = new Var("lane", Type.I32);
            body.add(loop(at, 0, lanes, new Stmt.Store(sum, at, term.identity(), Site.NONE)));
        }
        Stmt step =
                reduction.body((t, op, value) -> {
                    Array sum = sums.get(t);
                    Expr before = reduction.terms().get(t).load(sum, lane);
                    Expr after = new Expr.Binary(op, before, value);
                    return new Stmt.Store(sum, lane, after, Site.NONE);
                });
        Expr place = plus(times(row, lanes), lane);
        Expr wide = type.equals(Type.I32) ? place : new Expr.Cast(type, place);
        Expr index =
                new Expr.Binary(
                        BinaryOp.ADD,
                        new Expr.Binary(BinaryOp.MUL, wide, new Const(type, f.step())),
                        f.start());
        Stmt inner =
                Clone.of(
                        Simplify.apply(step), Map.of(f.index(), Simplify.apply(index), lane, lane));
        long last = reduction.trips() / lanes;
        Expr end =
                new Expr.Binary(
                        BinaryOp.MIN,
                        plus(times(block, rows), Const.i32((int) rows)),
                        Const.i32((int) last));
        body.add(
                new Stmt.For(
                        new Label("rows"),
                        row,
                        times(block, rows),
                        end,
                        1,
                        Run.SEQUENTIAL,
                        new Stmt.For(
                                f.label(),
                                lane,
                                Const.i32(0),
                                Const.i32(lanes),
                                1,
                                Run.SEQUENTIAL,
                                inner)));
        for (int t = 0; t < sums.size(); t++) {
            Reduction.Term term = reduction.terms().get(t);
            Var at = new Var("lane", Type.I32);
            Var sum = new Var("sum", term.type());
            body.add(new Stmt.Assign(sum, term.load(sums.get(t), Const.i32(0))));
            Expr next = term.combine(sum, term.load(sums.get(t), at));
            body.add(loop(at, 1, lanes, new Stmt.Assign(sum, next)));
            body.add(result.apply(t, sum));
        }
        return new Stmt.Sequence(body);
    }

    /** for item: the iterations item, item + count, item + 2 count, ... */
    private void strides(List<Array> partials, long count) {
        Stmt.For f = reduction.loop();
        Type type = f.index().type();
        Var item = new Var("item", Type.I32);
        List<Stmt> body = new ArrayList<>();
        List<Var> sums = new ArrayList<>();
        for (Reduction.Term term : reduction.terms()) {
            Var sum = new Var("sum", term.type());
            sums.add(sum);
            body.add(new Stmt.Assign(sum, term.identity()));
        }
        Var step = new Var("step", Type.I32);
        Expr place = plus(times(step, count), item);
        Expr wide = type.equals(Type.I32) ? place : new Expr.Cast(type, place);
        Expr index =
                new Expr.Binary(
                        BinaryOp.ADD,
                        new Expr.Binary(BinaryOp.MUL, wide, new Const(type, f.step())),
                        f.start());
        List<Stmt> one = List.of(new Stmt.Assign(f.index(), Simplify.apply(index)), into(sums));
        long full = reduction.trips() / count;
        long rest = reduction.trips() % count;
        Expr trips =
                rest == 0
                        ? Const.i32((int) full)
                        : new Expr.Select(
                                new Expr.Binary(BinaryOp.LT, item, Const.i32((int) rest)),
                                Const.i32((int) full + 1),
                                Const.i32((int) full));
        body.add(
                new Stmt.For(
                        f.label(),
                        step,
                        Const.i32(0),
                        trips,
                        1,
                        Run.SEQUENTIAL,
                        new Stmt.Sequence(one)));
        for (int t = 0; t < sums.size(); t++) {
            body.add(new Stmt.Store(partials.get(t), item, sums.get(t), Site.NONE));
        }
        kernels.add(kernel(with(parallel(item, count, body))));
    }

    /** for item &lt; LAST: the partial results item, item + LAST, ... */
    private void fold(List<Array> from, long count, List<Array> to) {
        Var item = new Var("item", Type.I32);
        List<Stmt> body = new ArrayList<>();
        for (int t = 0; t < from.size(); t++) {
            Reduction.Term term = reduction.terms().get(t);
            Var sum = new Var("sum", term.type());
            Var at = new Var("at", Type.I32);
            body.add(new Stmt.Assign(sum, term.load(from.get(t), item)));
            body.add(
                    new Stmt.For(
                            new Label("more"),
                            at,
                            plus(item, Const.i32(LAST)),
                            Const.i32((int) count),
                            LAST,
                            Run.SEQUENTIAL,
                            new Stmt.Assign(sum, term.combine(sum, term.load(from.get(t), at)))));
            body.add(new Stmt.Store(to.get(t), item, sum, Site.NONE));
        }
        kernels.add(kernel(List.of(parallel(item, LAST, body))));
    }

    private void combine(List<Array> partials, long count, List<Var> sums, List<Stmt> out) {
        for (int t = 0; t < sums.size(); t++) {
            Reduction.Term term = reduction.terms().get(t);
            Var at = new Var("at", Type.I32);
            Var sum = sums.get(t);
            Expr next = term.combine(sum, term.load(partials.get(t), at));
            out.add(loop(at, 0, (int) count, new Stmt.Assign(sum, next)));
        }
    }

    private List<Stmt> with(Stmt loop) {
        List<Stmt> all = new ArrayList<>(reduction.before());
        all.add(loop);
        return all;
    }

    private static Stmt parallel(Var index, long count, List<Stmt> body) {
        return new Stmt.For(
                new Label(index.name()),
                index,
                Const.i32(0),
                Const.i32((int) count),
                1,
                Run.PARALLEL,
                new Stmt.Sequence(body));
    }

    private static Stmt loop(Var index, int from, int to, Stmt body) {
        return new Stmt.For(
                new Label(index.name()),
                index,
                Const.i32(from),
                Const.i32(to),
                1,
                Run.SEQUENTIAL,
                body);
    }

    private static Expr plus(Expr x, Expr y) {
        return new Expr.Binary(BinaryOp.ADD, x, y);
    }

    private static Expr times(Expr x, long y) {
        return new Expr.Binary(BinaryOp.MUL, x, Const.i32((int) y));
    }
}
