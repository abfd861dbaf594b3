package org.tornadovit.codegen;

import static org.tornadovit.codegen.Ir.binary;
import static org.tornadovit.codegen.Ir.global;
import static org.tornadovit.codegen.Ir.i;
import static org.tornadovit.codegen.Ir.intVar;
import static org.tornadovit.codegen.Ir.load;
import static org.tornadovit.codegen.Ir.loop;
import static org.tornadovit.codegen.Ir.loops;
import static org.tornadovit.codegen.Ir.mul;
import static org.tornadovit.codegen.Ir.set;
import static org.tornadovit.codegen.Ir.store;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.UnaryOp;
import org.tornadovit.ir.Var;

/** Every operator and conversion has Java's meaning, bit for bit, on pairs of edge values. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OperatorsOnDevice {
    private final String device;
    private Differential differential;

    /** Runs on the first device of a kind. */
    OperatorsOnDevice(String device) {
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
    @CsvSource({
        "BOOL, 1", "BOOL, 4", "I8, 1", "I8, 8", "I16, 1", "I16, 4", "U16, 1", "U16, 4", "I32, 1",
        "I32, 8", "I64, 1", "I64, 4", "F16, 1", "F16, 8", "BF16, 1", "BF16, 4", "F32, 1", "F32, 16",
        "F64, 1", "F64, 2"
    })
    void operators(Scalar scalar, int lanes) {
        Type type = new Type(scalar, lanes);
        Array x = global("x", scalar);
        Array y = global("y", scalar);
        Array values = global("values", scalar);
        Array truths = global("truths", Scalar.BOOL);
        long[][] pairs = pairs(EdgeValues.of(scalar), lanes);
        int vectors = pairs[0].length / lanes;
        Var at = intVar("at");
        Var a = new Var("a", type);
        Var b = new Var("b", type);
        Expr divisor =
                new Expr.Select(
                        binary(BinaryOp.EQ, b, Const.zero(type)), broadcast(type, one(scalar)), b);
        List<Stmt> body = new ArrayList<>();
        body.add(set(a, load(x, mul(at, i(lanes)), lanes)));
        body.add(set(b, load(y, mul(at, i(lanes)), lanes)));
        int valueSections = 0;
        int truthSections = 0;
        for (BinaryOp op : BinaryOp.values()) {
            if (op.isComparison()) {
                int section = truthSections++;
                body.add(store(truths, place(at, section, vectors, lanes), binary(op, a, b)));
            } else if (defined(op, scalar)) {
                boolean divides = op == BinaryOp.DIV || op == BinaryOp.REM;
                Expr right =
                        op.isShift()
                                ? new Expr.Cast(new Type(Scalar.I32, lanes), b)
                                : divides && scalar.isInteger() ? divisor : b;
                int section = valueSections++;
                body.add(store(values, place(at, section, vectors, lanes), binary(op, a, right)));
            }
        }
        for (UnaryOp op : UnaryOp.values()) {
            if (defined(op, scalar)) {
                int section = valueSections++;
                body.add(store(values, place(at, section, vectors, lanes), new Expr.Unary(op, a)));
            }
        }
        Map<Array, MemorySegment> arrays = new LinkedHashMap<>();
        arrays.put(x, Differential.memory(scalar, pairs[0]));
        arrays.put(y, Differential.memory(scalar, pairs[1]));
        arrays.put(values, Differential.blank(scalar, (long) valueSections * vectors * lanes));
        arrays.put(truths, Differential.blank(Scalar.BOOL, (long) truthSections * vectors * lanes));
        differential.checkLoops(
                loops(
                        "operators",
                        List.copyOf(arrays.keySet()),
                        loop(at, vectors, Run.grid(0), new Stmt.Sequence(body))),
                arrays);
    }

    @ParameterizedTest
    @CsvSource({
        "BOOL, 1", "BOOL, 4", "I8, 1", "I8, 8", "I16, 1", "I16, 4", "U16, 1", "U16, 4", "I32, 1",
        "I32, 8", "I64, 1", "I64, 4", "F16, 1", "F16, 8", "BF16, 1", "BF16, 4", "F32, 1", "F32, 8",
        "F64, 1", "F64, 2"
    })
    void conversions(Scalar from, int lanes) {
        Array x = global("x", from);
        long[] inputs = padded(EdgeValues.of(from), lanes);
        int vectors = inputs.length / lanes;
        Var at = intVar("at");
        Var a = new Var("a", new Type(from, lanes));
        List<Stmt> body = new ArrayList<>();
        body.add(set(a, load(x, mul(at, i(lanes)), lanes)));
        Map<Array, MemorySegment> arrays = new LinkedHashMap<>();
        arrays.put(x, Differential.memory(from, inputs));
        for (Scalar to : Scalar.values()) {
            Type type = new Type(to, lanes);
            Array converted = global("to_" + to, to);
            arrays.put(converted, Differential.blank(to, inputs.length));
            body.add(store(converted, mul(at, i(lanes)), new Expr.Cast(type, a)));
            if (to.bytes() == from.bytes() && to != Scalar.BOOL && from != Scalar.BOOL) {
                Array same = global("as_" + to, to);
                arrays.put(same, Differential.blank(to, inputs.length));
                // The bits of a NaN are not kept.
                Expr number =
                        new Expr.Select(
                                binary(BinaryOp.EQ, a, a), a, Const.zero(new Type(from, lanes)));
                body.add(store(same, mul(at, i(lanes)), new Expr.Bitcast(type, number)));
            }
        }
        differential.checkLoops(
                loops(
                        "conversions",
                        List.copyOf(arrays.keySet()),
                        loop(at, vectors, Run.grid(0), new Stmt.Sequence(body))),
                arrays);
    }

    @ParameterizedTest
    @CsvSource({"I8, 8", "I32, 4", "I64, 2", "F16, 8", "BF16, 4", "F32, 16", "F64, 4"})
    void lanes(Scalar scalar, int lanes) {
        Type type = new Type(scalar, lanes);
        Array x = global("x", scalar);
        Array sums = global("sums", scalar);
        Array spread = global("spread", scalar);
        Array chosen = global("chosen", scalar);
        long[] inputs = padded(EdgeValues.of(scalar), lanes);
        int vectors = inputs.length / lanes;
        Var at = intVar("at");
        Var a = new Var("a", type);
        List<Stmt> body = new ArrayList<>();
        body.add(set(a, load(x, mul(at, i(lanes)), lanes)));
        int section = 0;
        List<BinaryOp> reductions =
                scalar.isFloat()
                        ? List.of(BinaryOp.MIN, BinaryOp.MAX) // sums depend on the order
                        : List.of(BinaryOp.ADD, BinaryOp.MUL, BinaryOp.MIN, BinaryOp.MAX);
        for (BinaryOp op : reductions) {
            body.add(store(sums, place(at, section++, vectors, 1), new Expr.Reduce(op, a)));
        }
        body.add(store(spread, mul(at, i(lanes)), broadcast(type, new Expr.Lane(a, lanes - 1))));
        Expr mask = binary(BinaryOp.LT, a, broadcast(type, one(scalar)));
        body.add(
                store(
                        chosen,
                        mul(at, i(lanes)),
                        new Expr.Select(mask, new Expr.Unary(UnaryOp.NEG, a), a)));
        Map<Array, MemorySegment> arrays = new LinkedHashMap<>();
        arrays.put(x, Differential.memory(scalar, inputs));
        arrays.put(sums, Differential.blank(scalar, (long) section * vectors));
        arrays.put(spread, Differential.blank(scalar, inputs.length));
        arrays.put(chosen, Differential.blank(scalar, inputs.length));
        differential.checkLoops(
                loops(
                        "lanes",
                        List.copyOf(arrays.keySet()),
                        loop(at, vectors, Run.grid(0), new Stmt.Sequence(body))),
                arrays);
    }

    /** (1 + 2^-12)^2 - (1 + 2^-11) is 2^-24, or 0 when the product is rounded first. */
    @ParameterizedTest
    @CsvSource({"1", "8"})
    void aProductIsRoundedBeforeItIsAdded(int lanes) {
        Array x = global("x", Scalar.F32);
        Array y = global("y", Scalar.F32);
        Var a = new Var("a", new Type(Scalar.F32, lanes));
        Var b = new Var("b", new Type(Scalar.F32, lanes));
        long[] inputs = new long[2 * lanes];
        java.util.Arrays.fill(inputs, 0, lanes, Float.floatToRawIntBits(1 + 0x1p-12f));
        java.util.Arrays.fill(inputs, lanes, 2 * lanes, Float.floatToRawIntBits(-1 - 0x1p-11f));
        Map<Array, MemorySegment> arrays = new LinkedHashMap<>();
        arrays.put(x, Differential.memory(Scalar.F32, inputs));
        arrays.put(y, Differential.blank(Scalar.F32, lanes));
        differential.checkLoops(
                loops(
                        "rounded",
                        List.copyOf(arrays.keySet()),
                        new Stmt.Sequence(
                                List.of(
                                        set(a, load(x, i(0), lanes)),
                                        set(b, load(x, i(lanes), lanes)),
                                        store(y, i(0), Ir.add(mul(a, a), b))))),
                arrays);
    }

    private static Expr place(Var at, int section, int vectors, int lanes) {
        return mul(Ir.add(at, i(section * vectors)), i(lanes));
    }

    private static Const one(Scalar scalar) {
        return new Const(Type.of(scalar), org.tornadovit.ir.Arithmetic.cast(Scalar.I32, scalar, 1));
    }

    private static Expr broadcast(Type type, Expr x) {
        return type.isVector() ? new Expr.Broadcast(type, x) : x;
    }

    private static boolean defined(BinaryOp op, Scalar scalar) {
        return switch (op) {
            case ADD, SUB, MUL, DIV, REM, MIN, MAX -> scalar != Scalar.BOOL;
            case AND, OR, XOR -> !scalar.isFloat();
            case SHL, SHR, USHR -> scalar.isInteger();
            case EQ, NE, LT, LE, GT, GE -> true;
        };
    }

    private static boolean defined(UnaryOp op, Scalar scalar) {
        return switch (op) {
            case NEG -> scalar != Scalar.BOOL;
            case NOT -> scalar == Scalar.BOOL;
            case COMPLEMENT -> scalar.isInteger();
        };
    }

    /** All pairs of values, a multiple of the lanes of them. */
    private static long[][] pairs(long[] values, int lanes) {
        int count = values.length * values.length;
        long[] left = new long[count];
        long[] right = new long[count];
        for (int k = 0; k < count; k++) {
            left[k] = values[k % values.length];
            right[k] = values[k / values.length];
        }
        return new long[][] {padded(left, lanes), padded(right, lanes)};
    }

    private static long[] padded(long[] values, int lanes) {
        return java.util.Arrays.copyOf(values, Math.ceilDiv(values.length, lanes) * lanes);
    }
}
