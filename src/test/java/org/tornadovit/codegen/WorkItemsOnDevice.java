package org.tornadovit.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tornadovit.codegen.Ir.add;
import static org.tornadovit.codegen.Ir.binary;
import static org.tornadovit.codegen.Ir.global;
import static org.tornadovit.codegen.Ir.globalId;
import static org.tornadovit.codegen.Ir.i;
import static org.tornadovit.codegen.Ir.load;
import static org.tornadovit.codegen.Ir.mul;
import static org.tornadovit.codegen.Ir.store;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.Range;
import org.tornadovit.ir.Arithmetic;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

/** Queries, barriers, local memory, atomics, checks and scalar arguments of work-item kernels. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WorkItemsOnDevice {
    private final String device;
    private Differential differential;

    /** Runs on the first device of a kind. */
    WorkItemsOnDevice(String device) {
        this.device = device;
    }

    @BeforeAll
    void open() {
        differential = new Differential(device, Contraction.FORBIDDEN);
    }

    @AfterAll
    void close() {
        differential.close();
    }

    @ParameterizedTest
    @CsvSource({"6, 4, 2, 3, 2, 1", "7, 1, 1, 7, 1, 1", "4, 4, 4, 1, 2, 4", "5, 3, 1, 1, 1, 1"})
    void everyQuery(int x, int y, int z, int groupX, int groupY, int groupZ) {
        Array out = global("out", Scalar.I32);
        int queries = Expr.Query.values().length * 3;
        Expr item = add(globalId(0), mul(i(x), add(globalId(1), mul(i(y), globalId(2)))));
        List<Stmt> body = new ArrayList<>();
        for (Expr.Query query : Expr.Query.values()) {
            for (int axis = 0; axis < 3; axis++) {
                Expr place = add(mul(item, i(queries)), i(query.ordinal() * 3 + axis));
                body.add(store(out, place, new Expr.WorkItem(query, axis)));
            }
        }
        differential.checkItems(
                Ir.items("queries", List.of(out), new Stmt.Sequence(body)),
                Map.of(out, Differential.blank(Scalar.I32, (long) x * y * z * queries)),
                new int[] {x, y, z},
                new int[] {groupX, groupY, groupZ});
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 64})
    void sumInLocalMemory(int group) {
        SampleKernels.Sample sample = SampleKernels.localSum(group);
        int groups = 3;
        Map<Array, MemorySegment> arrays = new LinkedHashMap<>();
        arrays.put(
                sample.array("x"),
                Differential.memory(
                        Scalar.F32,
                        LongStream.range(0, (long) group * groups)
                                .map(v -> Float.floatToRawIntBits(v * 0.37f - 5))
                                .toArray()));
        arrays.put(sample.array("sums"), Differential.blank(Scalar.F32, groups));
        differential.checkItems(
                sample.kernel(), arrays, new int[] {group * groups, 1, 1}, new int[] {group, 1, 1});
    }

    @Test
    void transposeThroughATile() {
        SampleKernels.Sample sample = SampleKernels.tiledTranspose(4, 12, 8);
        Map<Array, MemorySegment> arrays = new LinkedHashMap<>();
        arrays.put(
                sample.array("x"),
                Differential.memory(Scalar.I16, LongStream.range(0, 96).toArray()));
        arrays.put(sample.array("y"), Differential.blank(Scalar.I16, 96));
        differential.checkItems(sample.kernel(), arrays, new int[] {12, 8, 1}, new int[] {4, 4, 1});
    }

    @Test
    void barriersInALoop() {
        SampleKernels.Sample sample = SampleKernels.prefixSum(16);
        Map<Array, MemorySegment> arrays = new LinkedHashMap<>();
        arrays.put(
                sample.array("x"),
                Differential.memory(Scalar.I32, LongStream.range(0, 32).map(v -> v * v).toArray()));
        arrays.put(sample.array("y"), Differential.blank(Scalar.I32, 32));
        differential.checkItems(
                sample.kernel(), arrays, new int[] {32, 1, 1}, new int[] {16, 1, 1});
    }

    @ParameterizedTest
    @CsvSource({"I32", "I64", "F32", "F64"})
    void atomicsInEverySpace(Scalar scalar) {
        Type type = Type.of(scalar);
        Array x = global("x", scalar);
        Array shared = new Array("shared", scalar, Space.LOCAL);
        Array own = new Array("own", scalar, Space.PRIVATE);
        List<BinaryOp> operations =
                scalar.isFloat()
                        ? List.of(BinaryOp.ADD, BinaryOp.SUB, BinaryOp.MIN, BinaryOp.MAX)
                        : List.of(
                                BinaryOp.ADD,
                                BinaryOp.SUB,
                                BinaryOp.MIN,
                                BinaryOp.MAX,
                                BinaryOp.AND,
                                BinaryOp.OR,
                                BinaryOp.XOR);
        int count = operations.size();
        Expr operand = new Expr.Cast(type, add(mul(globalId(0), i(5)), i(1)));
        List<Stmt> body = new ArrayList<>();
        body.add(Ir.allocate(shared, count));
        body.add(Ir.allocate(own, count));
        Stmt[] zeros = new Stmt[count];
        for (int n = 0; n < count; n++) {
            zeros[n] = store(shared, i(n), Const.zero(type));
        }
        Expr isFirst = binary(BinaryOp.EQ, Ir.localId(0), i(0));
        body.add(Ir.when(isFirst, Ir.seq(zeros)));
        body.add(new Stmt.Barrier(Space.LOCAL));
        for (int n = 0; n < count; n++) {
            for (Array array : List.of(x, shared, own)) {
                body.add(
                        new Stmt.Atomic(
                                operations.get(n),
                                array,
                                i(n),
                                operand,
                                new Var("before", type),
                                Site.NONE));
            }
            // The private one is summed up where all see it.
            body.add(
                    new Stmt.Atomic(
                            BinaryOp.ADD,
                            x,
                            i(count + n),
                            load(own, i(n)),
                            new Var("before", type),
                            Site.NONE));
        }
        body.add(new Stmt.Barrier(Space.LOCAL));
        Stmt[] results = new Stmt[count];
        for (int n = 0; n < count; n++) {
            results[n] = store(x, i(2 * count + n), load(shared, i(n)));
        }
        body.add(Ir.when(isFirst, Ir.seq(results)));
        long[] start = new long[3 * count];
        for (int n = 0; n < start.length; n++) {
            start[n] = Arithmetic.cast(Scalar.I32, scalar, 100 - n);
        }
        differential.checkItems(
                Ir.items("atomics", List.of(x), new Stmt.Sequence(body)),
                Map.of(x, Differential.memory(scalar, start)),
                new int[] {16, 1, 1},
                new int[] {16, 1, 1});
    }

    @Test
    void atomicsOnSmallElementsAreRefused() {
        Array x = global("x", Scalar.I16);
        Stmt atomic =
                new Stmt.Atomic(
                        BinaryOp.ADD,
                        x,
                        i(0),
                        new Const(Type.of(Scalar.I16), 1),
                        new Var("before", Type.of(Scalar.I16)),
                        new Site("Counter.count", 12));
        assertThatThrownBy(() -> differential.render(Ir.items("count", List.of(x), atomic)))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("i16")
                .hasMessageContaining("Counter.count:12")
                .hasMessageContaining("32-bit");
    }

    @Test
    void scalarArgumentsOfEveryType() {
        Map<Array, MemorySegment> arrays = new LinkedHashMap<>();
        List<Param> params = new ArrayList<>();
        List<Stmt> body = new ArrayList<>();
        Map<Var, Const> scalars = new LinkedHashMap<>();
        List<Number> arguments = new ArrayList<>();
        for (Scalar scalar : Scalar.values()) {
            Var variable = new Var("v_" + scalar, Type.of(scalar));
            Array out = global("out_" + scalar, scalar);
            long bits = Arithmetic.cast(Scalar.I32, scalar, scalar == Scalar.BOOL ? 1 : -3);
            params.add(new Param.OfScalar(variable));
            params.add(new Param.OfArray(out));
            arrays.put(out, Differential.blank(scalar, 1));
            scalars.put(variable, new Const(Type.of(scalar), bits));
            arguments.add(
                    switch (scalar) {
                        case BOOL, I8 -> (Number) (byte) bits;
                        case I16, U16, F16, BF16 -> (Number) (short) bits;
                        case I32 -> (Number) (int) bits;
                        case I64 -> (Number) bits;
                        case F32 -> (Number) Float.intBitsToFloat((int) bits);
                        case F64 -> (Number) Double.longBitsToDouble(bits);
                    });
            body.add(store(out, i(0), variable));
        }
        Kernel kernel =
                new Kernel(
                        "scalars", params, new Stmt.Sequence(body), Kernel.Form.LOOPS, Site.NONE);
        differential.checkScalars(kernel, arrays, scalars, arguments);
    }

    @Test
    void aFailedCheckIsRecordedAndEndsTheWorkItem() {
        Array x = global("x", Scalar.I32);
        Site first = new Site("Kernels.first", 3);
        Site second = new Site("Kernels.second", 4);
        Stmt body =
                Ir.seq(
                        new Stmt.Check(Ir.less(globalId(0), i(100)), Stmt.Trap.INDEX, i(1), first),
                        new Stmt.Check(
                                binary(BinaryOp.NE, add(globalId(0), mul(i(4), globalId(1))), i(6)),
                                Stmt.Trap.INDEX,
                                add(globalId(0), i(70)),
                                second),
                        store(x, add(globalId(0), mul(i(4), globalId(1))), i(1)));
        Kernel kernel = Ir.items("checked", List.of(x), body);
        assertThat(Checks.sites(kernel))
                .extracting(Stmt.Check::site)
                .containsExactly(first, second);
        Array status = global("status", Scalar.I32);
        Map<Array, MemorySegment> arrays = new LinkedHashMap<>();
        arrays.put(x, Differential.blank(Scalar.I32, 12));
        arrays.put(status, Differential.blank(Scalar.I32, 4));
        Map<Array, MemorySegment> results =
                differential.runChecked(kernel, arrays, status, Range.of(4, 3, 1));
        assertThat(results.get(status).toArray(java.lang.foreign.ValueLayout.JAVA_INT))
                .containsExactly(2, 72, 6, 0);
        assertThat(results.get(x).toArray(java.lang.foreign.ValueLayout.JAVA_INT))
                .containsExactly(1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1);
    }

    @Test
    void itemsThatReturnEarlyHoldNobodyUp() {
        SampleKernels.Sample sample = SampleKernels.localSum(16);
        Stmt tooFar = Ir.when(binary(BinaryOp.GE, globalId(0), i(37)), new Stmt.Return());
        Kernel kernel = sample.kernel().withBody(Ir.seq(tooFar, sample.kernel().body()));
        Map<Array, MemorySegment> arrays = new LinkedHashMap<>();
        arrays.put(
                sample.array("x"),
                Differential.memory(
                        Scalar.F32,
                        LongStream.range(0, 48)
                                .map(v -> Float.floatToRawIntBits(v < 37 ? v : 0))
                                .toArray()));
        // The interpreter's local memory is zero where nobody wrote: as if the rest were zeros.
        arrays.put(sample.array("sums"), Differential.blank(Scalar.F32, 3));
        Map<Array, MemorySegment> results =
                differential.run(kernel, arrays, List.of(), new Range(48, 1, 1, 16, 1, 1));
        float[] sums =
                results.get(sample.array("sums")).toArray(java.lang.foreign.ValueLayout.JAVA_FLOAT);
        assertThat(sums[0]).isEqualTo(120);
        assertThat(sums[1]).isEqualTo(120 + 256);
    }

    @Test
    void aFailedCheckBeforeABarrierIsRecorded() {
        Array x = global("x", Scalar.I32);
        Array tile = new Array("tile", Scalar.I32, Space.LOCAL);
        Var round = Ir.intVar("round");
        Expr id = add(globalId(0), round);
        Stmt step =
                Ir.seq(
                        store(tile, Ir.localId(0), id),
                        new Stmt.Barrier(Space.LOCAL),
                        new Stmt.Check(
                                binary(BinaryOp.NE, id, i(6)), Stmt.Trap.INDEX, id, Site.NONE),
                        store(x, globalId(0), load(tile, Ir.sub(i(7), Ir.localId(0)))),
                        new Stmt.Barrier(Space.LOCAL));
        Kernel kernel =
                Ir.items(
                        "checked",
                        List.of(x),
                        Ir.seq(
                                Ir.allocate(tile, 8),
                                Ir.loop(round, 4, org.tornadovit.ir.Run.SEQUENTIAL, step)));
        Array status = global("status", Scalar.I32);
        Map<Array, MemorySegment> arrays = new LinkedHashMap<>();
        arrays.put(x, Differential.blank(Scalar.I32, 8));
        arrays.put(status, Differential.blank(Scalar.I32, 4));
        Map<Array, MemorySegment> results =
                differential.runChecked(kernel, arrays, status, new Range(8, 1, 1, 8, 1, 1));
        int[] record = results.get(status).toArray(java.lang.foreign.ValueLayout.JAVA_INT);
        assertThat(record[0]).isEqualTo(1);
        assertThat(record[1]).isEqualTo(6);
        assertThat(record[2]).isBetween(3, 6);
        // Items 3 to 6 end in round 6 - id; the others see all values of the last round but theirs.
        assertThat(results.get(x).toArray(java.lang.foreign.ValueLayout.JAVA_INT)[0]).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"max", "half", "kernel", "main", "lambda$run$0", "größe", "float4"})
    void namesOfTheLanguageAreNoTrouble(String name) {
        Array array = global(name, Scalar.F32);
        Var variable = new Var(name, Type.F32);
        Kernel kernel =
                Ir.items(
                        name,
                        List.of(array),
                        Ir.seq(
                                Ir.set(
                                        variable,
                                        binary(BinaryOp.MAX, load(array, i(0)), load(array, i(1)))),
                                store(array, i(2), variable)));
        differential.checkItems(
                kernel,
                Map.of(array, org.tornadovit.ir.Interpreter.memory(1, 2, 0)),
                new int[] {1, 1, 1},
                new int[] {1, 1, 1});
    }
}
