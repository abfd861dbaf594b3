package org.tornadovit.ir;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Phaser;

/**
 * Runs kernels by walking the tree: the oracle that every backend is compared with. Slow and exact.
 *
 * <p>Loops run in order, whatever their {@link Run}. The items of a work-group run as threads that
 * meet at barriers. Every access is checked.
 */
public final class Interpreter {
    private final Kernel kernel;
    private final Map<Array, MemorySegment> globals;
    private final Map<Var, long[]> scalars;

    private Interpreter(
            Kernel kernel, Map<Array, MemorySegment> globals, Map<Var, long[]> scalars) {
        this.kernel = kernel;
        this.globals = globals;
        this.scalars = scalars;
    }

    /**
     * Runs a loop kernel once, or a work-item kernel as one item.
     *
     * @param arrays memory of every array parameter, little-endian elements
     * @param scalars values of the scalar parameters
     */
    public static void run(
            Kernel kernel, Map<Array, MemorySegment> arrays, Map<Var, Const> scalars) {
        run(kernel, arrays, scalars, new int[] {1, 1, 1}, new int[] {1, 1, 1});
    }

    /**
     * Runs a work-item kernel over a grid.
     *
     * @param global work-items along x, y, z
     * @param group work-items of a group along x, y, z; divides {@code global}
     * @throws KernelTrap when a check or an access fails
     */
    public static void run(
            Kernel kernel,
            Map<Array, MemorySegment> arrays,
            Map<Var, Const> scalars,
            int[] global,
            int[] group) {
        Map<Var, long[]> values = new HashMap<>();
        scalars.forEach((v, c) -> values.put(v, new long[] {c.bits()}));
        Interpreter interpreter = new Interpreter(kernel, arrays, values);
        for (int z = 0; z < global[2]; z += group[2]) {
            for (int y = 0; y < global[1]; y += group[1]) {
                for (int x = 0; x < global[0]; x += group[0]) {
                    interpreter.group(new int[] {x, y, z}, global, group);
                }
            }
        }
    }

    private void group(int[] origin, int[] global, int[] group) {
        int items = group[0] * group[1] * group[2];
        Map<Array, MemorySegment> locals = new ConcurrentHashMap<>();
        Phaser phaser = new Phaser(items);
        List<FutureTask<Object>> tasks = new ArrayList<>();
        for (int n = 0; n < items; n++) {
            int[] local = {n % group[0], n / group[0] % group[1], n / group[0] / group[1]};
            Item item = new Item(origin, local, global, group, locals, phaser);
            if (items == 1) {
                item.body();
                return;
            }
            Runnable work =
                    () -> {
                        try {
                            item.body();
                        } finally {
                            phaser.arriveAndDeregister();
                        }
                    };
            tasks.add(new FutureTask<>(Executors.callable(work)));
        }
        tasks.forEach(Thread::startVirtualThread);
        tasks.forEach(Interpreter::join);
    }

    private static void join(FutureTask<Object> task) {
        try {
            task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while interpreting", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException r -> throw r;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /** A failed check or a wrong access of an interpreted kernel. */
    public static final class KernelTrap extends RuntimeException {
        private final Stmt.Trap trap;
        private final Site site;

        KernelTrap(Stmt.Trap trap, Site site, String message) {
            super(message + " at " + site);
            this.trap = trap;
            this.site = site;
        }

        /** {@return what failed} */
        public Stmt.Trap trap() {
            return trap;
        }

        /** {@return where it failed} */
        public Site site() {
            return site;
        }
    }

    /** How a statement ended. */
    private sealed interface Outcome {
        record Next() implements Outcome {}

        record Leave(Label label) implements Outcome {}

        record Again(Label label) implements Outcome {}

        record Done() implements Outcome {}
    }

    private static final Outcome NEXT = new Outcome.Next();
    private static final Outcome DONE = new Outcome.Done();

    /** One work-item. */
    private final class Item {
        private final int[] origin;
        private final int[] local;
        private final int[] global;
        private final int[] group;
        private final Map<Array, MemorySegment> locals;
        private final Phaser phaser;
        private final Map<Var, long[]> variables = new HashMap<>(scalars);
        private final Map<Array, MemorySegment> privates = new HashMap<>();

        Item(
                int[] origin,
                int[] local,
                int[] global,
                int[] group,
                Map<Array, MemorySegment> locals,
                Phaser phaser) {
            this.origin = origin;
            this.local = local;
            this.global = global;
            this.group = group;
            this.locals = locals;
            this.phaser = phaser;
        }

        void body() {
            Outcome outcome = execute(kernel.body());
            if (outcome instanceof Outcome.Leave || outcome instanceof Outcome.Again) {
                throw new IllegalStateException("a jump left the kernel " + kernel.name());
            }
        }

        private Outcome execute(Stmt stmt) {
            return switch (stmt) {
                case Stmt.Assign(var target, var value) -> {
                    variables.put(target, evaluate(value));
                    yield NEXT;
                }
                case Stmt.Store(var array, var index, var value, var site) -> {
                    long[] lanes = evaluate(value);
                    long at = evaluate(index)[0];
                    for (int i = 0; i < lanes.length; i++) {
                        put(array, at + i, lanes[i], site);
                    }
                    yield NEXT;
                }
                case Stmt.Atomic(var op, var array, var index, var value, var result, var site) -> {
                    long at = evaluate(index)[0];
                    long operand = evaluate(value)[0];
                    synchronized (globals) {
                        long before = get(array, at, site);
                        long after = Arithmetic.binary(op, array.element(), before, operand);
                        put(array, at, after, site);
                        variables.put(result, new long[] {before});
                    }
                    yield NEXT;
                }
                case Stmt.Allocate(var array, var length, var site) -> {
                    allocate(array, evaluate(length)[0], site);
                    yield NEXT;
                }
                case Stmt.Sequence(var body) -> {
                    for (Stmt s : body) {
                        Outcome outcome = execute(s);
                        if (outcome != NEXT) {
                            yield outcome;
                        }
                    }
                    yield NEXT;
                }
                case Stmt.Labeled(var label, var body) -> {
                    Outcome outcome = execute(body);
                    yield outcome instanceof Outcome.Leave(var l) && l == label ? NEXT : outcome;
                }
                case Stmt.If(var condition, var yes, var no) ->
                        execute(evaluate(condition)[0] != 0 ? yes : no);
                case Stmt.For f -> counted(f);
                case Stmt.Loop(var label, var body) -> {
                    while (true) {
                        Outcome outcome = execute(body);
                        if (outcome instanceof Outcome.Leave(var l) && l == label) {
                            yield NEXT;
                        }
                        if (outcome != NEXT
                                && !(outcome instanceof Outcome.Again(var l) && l == label)) {
                            yield outcome;
                        }
                    }
                }
                case Stmt.Break(var label) -> new Outcome.Leave(label);
                case Stmt.Continue(var label) -> new Outcome.Again(label);
                case Stmt.Return() -> DONE;
                case Stmt.Barrier _ -> {
                    phaser.arriveAndAwaitAdvance();
                    yield NEXT;
                }
                case Stmt.Check(var condition, var trap, var value, var site) -> {
                    if (evaluate(condition)[0] == 0) {
                        throw new KernelTrap(trap, site, trap + " " + evaluate(value)[0]);
                    }
                    yield NEXT;
                }
            };
        }

        private Outcome counted(Stmt.For loop) {
            long start = evaluate(loop.start())[0];
            long bound = evaluate(loop.bound())[0];
            long step = loop.step();
            for (long i = start; step > 0 ? i < bound : i > bound; i += step) {
                variables.put(loop.index(), new long[] {i});
                Outcome outcome = execute(loop.body());
                if (outcome instanceof Outcome.Leave(var l) && l == loop.label()) {
                    return NEXT;
                }
                if (outcome != NEXT
                        && !(outcome instanceof Outcome.Again(var l) && l == loop.label())) {
                    return outcome;
                }
            }
            return NEXT;
        }

        private void allocate(Array array, long length, Site site) {
            if (length < 0) {
                throw new KernelTrap(Stmt.Trap.SIZE, site, "negative array size " + length);
            }
            long bytes = length * array.element().bytes();
            if (array.space() == Space.LOCAL) {
                locals.computeIfAbsent(array, _ -> Arena.ofAuto().allocate(bytes, 64));
            } else {
                privates.put(array, Arena.ofAuto().allocate(bytes, 64));
            }
        }

        private MemorySegment memory(Array array) {
            MemorySegment memory =
                    switch (array.space()) {
                        case GLOBAL -> globals.get(array);
                        case LOCAL -> locals.get(array);
                        case PRIVATE -> privates.get(array);
                    };
            return Objects.requireNonNull(memory, "no memory for array " + array);
        }

        private long get(Array array, long index, Site site) {
            return Arithmetic.read(check(array, index, site), array.element(), index);
        }

        private void put(Array array, long index, long bits, Site site) {
            Arithmetic.write(check(array, index, site), array.element(), index, bits);
        }

        private MemorySegment check(Array array, long index, Site site) {
            MemorySegment memory = memory(array);
            long length = memory.byteSize() / array.element().bytes();
            if (index < 0 || index >= length) {
                throw new KernelTrap(
                        Stmt.Trap.INDEX,
                        site,
                        "index " + index + " of " + array + " with length " + length);
            }
            return memory;
        }

        private long[] evaluate(Expr expr) {
            return switch (expr) {
                case Var v -> Objects.requireNonNull(variables.get(v), "unassigned variable " + v);
                case Const(var type, var bits) -> splat(bits, type.lanes());
                case Expr.Length(var array) ->
                        new long[] {memory(array).byteSize() / array.element().bytes()};
                case Expr.WorkItem(var query, var axis) -> new long[] {place(query, axis)};
                case Expr.Unary(var op, var x) -> {
                    long[] a = evaluate(x);
                    long[] r = new long[a.length];
                    for (int i = 0; i < r.length; i++) {
                        r[i] = Arithmetic.unary(op, x.type().scalar(), a[i]);
                    }
                    yield r;
                }
                case Expr.Binary(var op, var x, var y) -> {
                    long[] a = evaluate(x);
                    long[] b = evaluate(y);
                    long[] r = new long[a.length];
                    for (int i = 0; i < r.length; i++) {
                        r[i] = binary(op, x.type().scalar(), a[i], b[i % b.length]);
                    }
                    yield r;
                }
                case Expr.Select(var condition, var yes, var no) -> {
                    long[] c = evaluate(condition);
                    long[] a = evaluate(yes);
                    long[] b = evaluate(no);
                    long[] r = new long[a.length];
                    for (int i = 0; i < r.length; i++) {
                        r[i] = c[i % c.length] != 0 ? a[i] : b[i];
                    }
                    yield r;
                }
                case Expr.Cast(var type, var x) -> {
                    long[] a = evaluate(x);
                    long[] r = new long[a.length];
                    for (int i = 0; i < r.length; i++) {
                        r[i] = Arithmetic.cast(x.type().scalar(), type.scalar(), a[i]);
                    }
                    yield r;
                }
                case Expr.Bitcast(var type, var x) -> {
                    long[] a = evaluate(x);
                    long[] r = new long[a.length];
                    for (int i = 0; i < r.length; i++) {
                        r[i] = Arithmetic.canonical(type.scalar(), a[i]);
                    }
                    yield r;
                }
                case Expr.Load(var array, var index, var type, var site) -> {
                    long at = evaluate(index)[0];
                    long[] r = new long[type.lanes()];
                    for (int i = 0; i < r.length; i++) {
                        r[i] = get(array, at + i, site);
                    }
                    yield r;
                }
                case Expr.Call(var function, var arguments) -> {
                    long[][] a = arguments.stream().map(this::evaluate).toArray(long[][]::new);
                    long[] r = new long[a[0].length];
                    for (int i = 0; i < r.length; i++) {
                        long[] lane = new long[a.length];
                        for (int k = 0; k < lane.length; k++) {
                            lane[k] = a[k][i];
                        }
                        r[i] = Arithmetic.call(function, expr.type().scalar(), lane);
                    }
                    yield r;
                }
                case Expr.Broadcast(var type, var x) -> splat(evaluate(x)[0], type.lanes());
                case Expr.Lane(var x, var lane) -> new long[] {evaluate(x)[lane]};
                case Expr.Reduce(var op, var x) -> {
                    long[] a = evaluate(x);
                    long r = a[0];
                    for (int i = 1; i < a.length; i++) {
                        r = Arithmetic.binary(op, x.type().scalar(), r, a[i]);
                    }
                    yield new long[] {r};
                }
            };
        }

        private long binary(BinaryOp op, Scalar type, long x, long y) {
            boolean divides = op == BinaryOp.DIV || op == BinaryOp.REM;
            if (divides && y == 0 && !type.isFloat()) {
                throw new KernelTrap(Stmt.Trap.DIVISION, kernel.source(), "division by zero");
            }
            return Arithmetic.binary(op, type, x, y);
        }

        private int place(Expr.Query query, int axis) {
            return switch (query) {
                case GLOBAL_ID -> origin[axis] + local[axis];
                case LOCAL_ID -> local[axis];
                case GROUP_ID -> origin[axis] / group[axis];
                case GLOBAL_SIZE -> global[axis];
                case LOCAL_SIZE -> group[axis];
                case GROUP_COUNT -> global[axis] / group[axis];
            };
        }
    }

    private static long[] splat(long bits, int lanes) {
        long[] r = new long[lanes];
        java.util.Arrays.fill(r, bits);
        return r;
    }

    /** {@return native memory holding {@code values}} */
    public static MemorySegment memory(float... values) {
        MemorySegment memory = Arena.ofAuto().allocate(4L * values.length, 64);
        MemorySegment.copy(values, 0, memory, ValueLayout.JAVA_FLOAT, 0, values.length);
        return memory;
    }
}
