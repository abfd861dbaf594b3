package org.tornadovit.passes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Function;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;
import org.tornadovit.passes.RandomExpressions.Counter;

/** Random nests of loops and what they do. */
final class RandomStatements {
    private final RandomExpressions e;

    /**
     * An output and the elements that an iteration owns: a sum of counters, plus {@code stride}
     * times 0 to width - 1. It stores {@code shift} further on, where the next iteration of a
     * sequential loop around loads.
     */
    private record Output(
            Array array, Map<Counter, Long> factors, int width, long stride, long shift) {}

    private final List<Output> outputs = new ArrayList<>();
    private final List<Array> written = new ArrayList<>();
    private final Array histogram;
    private int budget;

    RandomStatements(RandomExpressions expressions) {
        this.e = expressions;
        this.histogram = expressions.array("counts", Scalar.I32);
    }

    Stmt kernel(Var number, Var factor) {
        List<Stmt> body = new ArrayList<>();
        if (e.chance(15)) {
            body.add(new Stmt.Assign(number, RandomExpressions.add(number, Const.i32(1))));
        }
        if (e.chance(15)) {
            body.add(new Stmt.Assign(factor, RandomExpressions.mul(factor, Const.f32(3))));
        }
        for (int i = 1 + e.random.nextInt(3); i > 0; i--) {
            if (e.chance(25)) {
                body.add(definition());
            }
            if (e.chance(8)) { // perhaps an iteration leaves a value to the next
                Var v = new Var(e.name("c"), Type.F32);
                body.add(new Stmt.Assign(v, Const.f32(0.5f)));
                e.floats.add(v);
            }
            body.add(nest());
        }
        if (e.chance(10) && !written.isEmpty()) { // after all loops
            Array array = e.any(written);
            body.add(store(array, Const.i32(0), e.floating(2)));
        }
        return sequence(body);
    }

    private static Stmt sequence(List<Stmt> body) {
        return body.size() == 1 ? body.getFirst() : new Stmt.Sequence(body);
    }

    private static Stmt store(Array array, Expr index, Expr value) {
        return new Stmt.Store(array, index, value, Site.NONE);
    }

    private Stmt definition() {
        if (e.chance(50)) {
            Var v = new Var(e.name("t"), Type.I32);
            Stmt assign = new Stmt.Assign(v, e.integer(2));
            e.ints.add(v);
            return assign;
        }
        Var v = new Var(e.name("x"), Type.F32);
        Stmt assign = new Stmt.Assign(v, e.floating(e.random.nextInt(3)));
        e.floats.add(v);
        return assign;
    }

    // ---- loops

    private Stmt.For loop(Counter c, Run run, Supplier<Stmt> body) {
        e.counters.add(c);
        int floats = e.floats.size();
        int ints = e.ints.size();
        Stmt inside = body.get();
        e.counters.remove(c);
        e.floats.subList(floats, e.floats.size()).clear();
        e.ints.subList(ints, e.ints.size()).clear();
        return new Stmt.For(
                new Label(c.variable().name()),
                c.variable(),
                Const.i32((int) c.low()),
                Const.i32((int) c.high() + 1),
                1,
                run,
                inside);
    }

    private Counter counter(String kind, int extent) {
        return new Counter(new Var(e.name(kind), Type.I32), 0, extent - 1);
    }

    /** Parallel loops, now and then inside a sequential one, around one of the bodies. */
    private Stmt nest() {
        budget = 12;
        outputs.clear();
        int depth = 1 + e.random.nextInt(3) + (e.chance(10) ? 1 : 0);
        boolean outer = e.chance(30);
        int[] sizes = {1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 20};
        List<Counter> parallel = new ArrayList<>();
        long total = 1;
        for (int i = 0; i < depth; i++) {
            int extent = sizes[e.random.nextInt(total > 40 ? 4 : sizes.length)];
            parallel.add(counter("p", extent));
            total *= extent;
        }
        List<Counter> around = outer ? List.of(counter("b", 1 + e.random.nextInt(3))) : List.of();
        List<Counter> all = new ArrayList<>(around);
        all.addAll(parallel);
        List<Counter> owners = outer && e.chance(60) ? all : parallel;
        for (int i = 1 + e.random.nextInt(2); i > 0; i--) {
            outputs.add(output(owners));
        }
        List<Array> own = outputs.stream().map(Output::array).toList();
        e.inputs.removeAll(own);
        Stmt result = loops(around, parallel);
        for (Array array : own) {
            if (!e.inputs.contains(array)) {
                e.inputs.add(array); // a later nest reads it
            }
        }
        return result;
    }

    private Output output(List<Counter> owners) {
        Array array =
                !written.isEmpty() && e.chance(25) && fresh(written.getLast())
                        ? written.getLast()
                        : e.array("out", Scalar.F32);
        written.remove(array);
        written.add(array);
        int width = e.chance(50) ? 1 : 1 + e.random.nextInt(12);
        boolean blocks = e.chance(70); // else the elements of a block lie apart
        List<Counter> order = new ArrayList<>(owners);
        if (e.chance(25)) {
            java.util.Collections.shuffle(order, e.random);
        }
        Map<Counter, Long> factors = new LinkedHashMap<>();
        long stride = blocks ? width : 1;
        for (Counter c : order.reversed()) {
            factors.put(c, stride);
            stride *= c.extent();
        }
        Counter first = owners.getFirst();
        boolean sequential = first.variable().name().startsWith("b");
        long shift = sequential && e.chance(30) ? Math.max(0, factors.get(first)) : 0;
        e.need(array, (blocks ? stride - 1 : stride * width - 1) + shift);
        return new Output(array, factors, width, blocks ? 1 : stride, shift);
    }

    private boolean fresh(Array array) {
        return outputs.stream().noneMatch(o -> o.array() == array);
    }

    private Stmt loops(List<Counter> around, List<Counter> parallel) {
        if (!around.isEmpty()) {
            Counter c = around.getFirst();
            return loop(c, Run.SEQUENTIAL, () -> loops(List.of(), parallel));
        }
        if (parallel.isEmpty()) {
            return iteration();
        }
        Counter c = parallel.getFirst();
        List<Counter> inner = parallel.subList(1, parallel.size());
        Stmt.For loop =
                loop(
                        c,
                        Run.PARALLEL,
                        () -> {
                            List<Stmt> body = new ArrayList<>();
                            if (e.chance(15)) {
                                body.add(definition());
                            }
                            body.add(loops(List.of(), inner));
                            return sequence(body);
                        });
        return e.chance(15) ? otherLimits(loop) : loop;
    }

    /** The same loop with fewer iterations, and perhaps a limit that has to be computed. */
    private Stmt otherLimits(Stmt.For f) {
        if (e.chance(50)) {
            int step = 1 + e.random.nextInt(3);
            Const start = Const.i32(e.random.nextInt(3));
            return new Stmt.For(f.label(), f.index(), start, f.bound(), step, f.run(), f.body());
        }
        Var limit = new Var(e.name("limit"), Type.I32);
        Expr value = RandomExpressions.binary(BinaryOp.MIN, e.integer(2), f.bound());
        Expr start =
                e.chance(30) && !e.counters.isEmpty() ? e.any(e.counters).variable() : f.start();
        Stmt loop = new Stmt.For(f.label(), f.index(), start, limit, 1, f.run(), f.body());
        return new Stmt.Sequence(List.of(new Stmt.Assign(limit, value), loop));
    }

    private Stmt iteration() {
        return switch (e.random.nextInt(4)) {
            case 0 -> contraction();
            case 1 -> rows();
            default -> sequence(statements(2 + e.random.nextInt(3)));
        };
    }

    // ---- elements of the iteration's own

    private Expr own(Output output, Map<Counter, Long> within, long constant, long shift) {
        Map<Counter, Long> factors = new HashMap<>(output.factors());
        within.forEach((c, f) -> factors.put(c, f * output.stride()));
        Expr index = e.sum(factors, constant * output.stride() + shift).expr();
        if (e.chance(10)) {
            return new Expr.Cast(Type.I64, index);
        }
        return index;
    }

    private Stmt storeOwn(Output output, Expr value) {
        int element = e.random.nextInt(output.width());
        return store(output.array(), own(output, Map.of(), element, output.shift()), value);
    }

    private Expr loadOwn(Output output) {
        int element = e.random.nextInt(output.width());
        long shift = e.chance(70) ? output.shift() : 0;
        return RandomExpressions.load(output.array(), own(output, Map.of(), element, shift));
    }

    private Expr value(int depth) {
        return e.chance(25)
                ? RandomExpressions.add(e.floating(depth), loadOwn(e.any(outputs)))
                : e.floating(depth);
    }

    // ---- bodies

    /** prologue; for ... sum = sum + x * y; epilogue. */
    private Stmt contraction() {
        List<Stmt> body = new ArrayList<>();
        if (e.chance(40)) {
            body.add(definition());
        }
        Var sum = new Var(e.name("sum"), Type.F32);
        body.add(new Stmt.Assign(sum, e.chance(40) ? Const.f32(0) : value(1)));
        Var last = new Var(e.name("last"), Type.F32);
        boolean leaves = e.chance(10);
        if (leaves) {
            body.add(new Stmt.Assign(last, Const.f32(1)));
        }
        body.add(terms(1 + e.random.nextInt(2), sum, leaves, last));
        if (leaves) {
            e.floats.add(last);
        }
        e.floats.add(sum);
        for (int i = 1 + e.random.nextInt(2); i > 0; i--) {
            body.add(e.chance(75) ? storeOwn(e.any(outputs), value(2)) : statement(1));
        }
        body.add(storeOwn(e.any(outputs), e.chance(50) ? sum : e.floating(2)));
        return sequence(body);
    }

    private Stmt terms(int depth, Var sum, boolean leaves, Var last) {
        return loop(
                counter("k", 1 + e.random.nextInt(6)),
                Run.SEQUENTIAL,
                () -> {
                    if (depth > 1) {
                        return terms(depth - 1, sum, leaves, last);
                    }
                    Expr x = e.chance(85) ? e.load(e.any(e.inputs)) : e.floating(1);
                    x = floating(x);
                    Expr y = floating(e.load(e.any(e.inputs)));
                    List<Stmt> body = new ArrayList<>();
                    if (leaves) {
                        body.add(new Stmt.Assign(last, x));
                    }
                    Var product = new Var(e.name("y"), Type.F32);
                    if (e.chance(20)) {
                        body.add(new Stmt.Assign(product, y));
                        y = product;
                    }
                    Expr next =
                            switch (e.random.nextInt(5)) {
                                case 0 -> new Expr.Call(Function.FMA, List.of(x, y, sum));
                                case 1 -> RandomExpressions.add(RandomExpressions.mul(x, y), sum);
                                default -> RandomExpressions.add(sum, RandomExpressions.mul(x, y));
                            };
                    body.add(new Stmt.Assign(sum, next));
                    return sequence(body);
                });
    }

    private static Expr floating(Expr x) {
        return x.type().equals(Type.F32) ? x : new Expr.Cast(Type.F32, x);
    }

    /** Passes over a row of the iteration's own, as softmax and normalisation do. */
    private Stmt rows() {
        List<Stmt> body = new ArrayList<>();
        Output output = e.any(outputs);
        for (int i = 1 + e.random.nextInt(3); i > 0; i--) {
            Counter c = new Counter(new Var(e.name("k"), Type.I32), 0, output.width() - 1);
            int from = e.chance(15) && output.width() > 1 ? 1 : 0;
            Var sum = new Var(e.name("s"), Type.F32);
            boolean reduces = e.chance(60);
            if (reduces) {
                body.add(new Stmt.Assign(sum, e.floating(1)));
            }
            Counter later = new Counter(c.variable(), from, c.high());
            body.add(loop(later, Run.SEQUENTIAL, () -> row(output, later, from, reduces, sum)));
            if (reduces) {
                e.floats.add(sum);
            }
        }
        body.add(storeOwn(output, value(1)));
        return sequence(body);
    }

    private Stmt row(Output output, Counter c, int from, boolean reduces, Var sum) {
        List<Stmt> body = new ArrayList<>();
        Var p = new Var(e.name("p"), Type.I32);
        Expr here = own(output, Map.of(c, 1L), 0, output.shift());
        boolean moves = e.chance(8) && output.width() > 2 && here.type().equals(Type.I32);
        long shift = e.chance(80) ? output.shift() : 0;
        Expr mine =
                RandomExpressions.load(output.array(), own(output, Map.of(c, 1L), -from, shift));
        if (moves) { // an index variable that changes on the way
            body.add(new Stmt.Assign(p, Const.i32(0)));
            here = RandomExpressions.add(here, p);
        }
        if (e.chance(40)) {
            body.add(definition());
        }
        if (e.chance(80)) {
            body.add(store(output.array(), here, e.chance(50) ? mine : e.floating(2)));
        }
        if (moves) {
            body.add(new Stmt.Assign(p, Const.i32(-from)));
            mine = RandomExpressions.load(output.array(), RandomExpressions.add(here, p));
        }
        if (reduces) {
            Expr term = e.chance(50) ? mine : e.floating(1);
            BinaryOp op = e.any(List.of(BinaryOp.ADD, BinaryOp.ADD, BinaryOp.MAX, BinaryOp.MIN));
            boolean right = e.chance(70);
            body.add(
                    new Stmt.Assign(
                            sum,
                            RandomExpressions.binary(op, right ? sum : term, right ? term : sum)));
        }
        if (e.chance(15)) {
            body.add(store(output.array(), here, e.floating(1)));
        }
        return sequence(body.isEmpty() ? List.of(store(output.array(), here, mine)) : body);
    }

    private List<Stmt> statements(int count) {
        List<Stmt> body = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            body.add(statement(2));
        }
        body.add(storeOwn(e.any(outputs), value(2)));
        return body;
    }

    private Stmt scoped(Supplier<Stmt> body) {
        int floats = e.floats.size();
        int ints = e.ints.size();
        Stmt result = body.get();
        e.floats.subList(floats, e.floats.size()).clear();
        e.ints.subList(ints, e.ints.size()).clear();
        return result;
    }

    private Stmt statement(int depth) {
        if (depth == 0 || budget-- <= 0) {
            return e.chance(40) ? definition() : storeOwn(e.any(outputs), value(2));
        }
        return switch (e.random.nextInt(14)) {
            case 0, 1 -> definition();
            case 2, 3 -> storeOwn(e.any(outputs), value(2));
            case 4 ->
                    new Stmt.If(
                            e.condition(2),
                            scoped(() -> statement(depth - 1)),
                            e.chance(50)
                                    ? scoped(() -> statement(depth - 1))
                                    : Stmt.Sequence.EMPTY);
            case 5 -> assignment();
            case 6 -> counted(depth);
            case 7 -> sum();
            case 8 -> scratch();
            case 9 -> repeated(depth);
            case 10 -> block(depth);
            case 11 ->
                    new Stmt.Atomic(
                            BinaryOp.ADD,
                            histogram,
                            e.index(histogram),
                            e.integer(1),
                            new Var(e.name("before"), Type.I32),
                            Site.NONE);
            default -> choice();
        };
    }

    /** v = a; if (c) v = b; now and then with an else. */
    private Stmt choice() {
        Var v = new Var(e.name("c"), Type.F32);
        Stmt first = new Stmt.Assign(v, e.floating(1));
        Stmt then = new Stmt.Assign(v, e.floating(1));
        Stmt otherwise = e.chance(50) ? new Stmt.Assign(v, e.floating(1)) : Stmt.Sequence.EMPTY;
        Stmt choice = new Stmt.If(e.condition(1), then, otherwise);
        e.floats.add(v);
        return new Stmt.Sequence(List.of(first, choice));
    }

    /** Assigns a variable of an outer block once more, if there is one of this nest. */
    private Stmt assignment() {
        List<Var> own = e.floats.stream().filter(v -> v.name().startsWith("c")).toList();
        return own.isEmpty() ? definition() : new Stmt.Assign(e.any(own), value(1));
    }

    /** Loops that start elsewhere, count down, step wider or depend on other indices. */
    private Stmt counted(int depth) {
        Var index = new Var(e.name("k"), Type.I32);
        Label label = new Label(index.name());
        int low = e.random.nextInt(3) - 1;
        int high = low + e.random.nextInt(8);
        long step = e.chance(50) ? 1 : 1 + e.random.nextInt(3);
        Expr start = Const.i32(low);
        Expr bound = Const.i32(high + 1);
        if (e.chance(30) && !e.counters.isEmpty()) { // triangular
            Counter c = e.any(e.counters);
            start = c.variable();
            low = (int) c.low();
            high = Math.max(low, (int) c.high() + 3);
            bound = Const.i32(high + 1);
        } else if (e.chance(25) && !e.ints.isEmpty()) {
            bound = RandomExpressions.binary(BinaryOp.MIN, e.any(e.ints), Const.i32(high + 1));
        }
        if (e.chance(20)) { // downwards
            step = -step;
            Expr swap = start;
            start = Const.i32(high);
            bound = RandomExpressions.add(swap, Const.i32(-1));
        }
        Counter c = new Counter(index, low, Math.max(low, high));
        e.counters.add(c);
        Stmt body =
                scoped(() -> {
                    List<Stmt> list = new ArrayList<>();
                    list.add(statement(depth - 1));
                    if (e.chance(20)) {
                        Stmt jump = e.chance(50) ? new Stmt.Continue(label) : new Stmt.Break(label);
                        list.add(new Stmt.If(e.condition(1), jump, Stmt.Sequence.EMPTY));
                        list.add(statement(depth - 1));
                    }
                    return sequence(list);
                });
        e.counters.remove(c);
        return new Stmt.For(label, index, start, bound, step, Run.SEQUENTIAL, body);
    }

    private Stmt sum() {
        Var sum = new Var(e.name("c"), Type.F32);
        Stmt start = new Stmt.Assign(sum, e.floating(1));
        Stmt loop =
                loop(
                        counter("k", 1 + e.random.nextInt(20)),
                        Run.SEQUENTIAL,
                        () -> new Stmt.Assign(sum, RandomExpressions.add(sum, e.floating(2))));
        e.floats.add(sum);
        return new Stmt.Sequence(List.of(start, loop));
    }

    /** An array of the iteration. */
    private Stmt scratch() {
        int length = 1 + e.random.nextInt(18);
        Array array = new Array(e.name("mine"), Scalar.F32, Space.PRIVATE);
        Stmt allocate = new Stmt.Allocate(array, Const.i32(length), Site.NONE);
        Stmt fill =
                loop(
                        counter("k", length),
                        Run.SEQUENTIAL,
                        () -> store(array, e.counters.getLast().variable(), e.floating(2)));
        Var v = new Var(e.name("c"), Type.F32);
        Expr at = Const.i32(e.random.nextInt(length));
        Stmt read = new Stmt.Assign(v, RandomExpressions.load(array, at));
        e.floats.add(v);
        List<Stmt> body = new ArrayList<>(List.of(allocate, read));
        if (e.chance(80)) {
            body.add(1, fill);
        }
        return new Stmt.Sequence(body);
    }

    /** while (true) { ...; if (count == limit) break; count = count + 1; } */
    private Stmt repeated(int depth) {
        Var count = new Var(e.name("q"), Type.I32);
        Label label = new Label(count.name());
        int limit = e.random.nextInt(4);
        Stmt start = new Stmt.Assign(count, Const.i32(0));
        Counter c = new Counter(count, 0, limit);
        e.counters.add(c);
        Stmt body =
                scoped(() ->
                        new Stmt.Sequence(
                                List.of(
                                        statement(depth - 1),
                                        new Stmt.If(
                                                RandomExpressions.binary(
                                                        BinaryOp.EQ, count, Const.i32(limit)),
                                                new Stmt.Break(label),
                                                Stmt.Sequence.EMPTY),
                                        new Stmt.Assign(
                                                count,
                                                RandomExpressions.add(count, Const.i32(1))))));
        e.counters.remove(c);
        return new Stmt.Sequence(List.of(start, new Stmt.Loop(label, body)));
    }

    private Stmt block(int depth) {
        Label label = new Label(e.name("block"));
        return new Stmt.Labeled(
                label,
                scoped(() ->
                        new Stmt.Sequence(
                                List.of(
                                        statement(depth - 1),
                                        new Stmt.If(
                                                e.condition(1),
                                                new Stmt.Break(label),
                                                Stmt.Sequence.EMPTY),
                                        statement(depth - 1)))));
    }
}
