package org.tornadovit.codegen;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tornadovit.device.Range;
import org.tornadovit.ir.Arithmetic;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Function;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

/** Functions are as exact as OpenCL promises, special values included. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FunctionsOnDevice {
    private final String device;
    private static final double[] INPUTS = {
        0.0,
        -0.0,
        1,
        -1,
        0.5,
        -0.5,
        0.99999,
        -0.3,
        1e-3,
        -1e-6,
        1e-30,
        1.5,
        2,
        2.5,
        -2.5,
        3.7,
        10,
        -10.3,
        25.5,
        87,
        -87,
        100.25,
        1000,
        -1e5,
        1e10,
        1e20,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
    };

    private Differential differential;

    /** Runs on the first device of a kind. */
    FunctionsOnDevice(String device) {
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
    @CsvSource({"F32, 1", "F32, 8", "F64, 2", "F16, 4"})
    void floatingPoint(Scalar scalar, int lanes) {
        List<Function> functions =
                Arrays.stream(Function.values())
                        .filter(f -> f != Function.POPCOUNT && f != Function.MULHI)
                        .toList();
        long[][] inputs = triples(scalar, lanes);
        long[][] results = run(functions, scalar, lanes, inputs);
        List<String> wrong = new ArrayList<>();
        for (int f = 0; f < functions.size(); f++) {
            for (int k = 0; k < inputs[0].length; k++) {
                double[] x = new double[functions.get(f).arity()];
                for (int n = 0; n < x.length; n++) {
                    x[n] = value(scalar, inputs[n][k]);
                }
                double expected = reference(functions.get(f), scalar, x);
                double actual = value(scalar, results[f][k]);
                if (!near(functions.get(f), scalar, expected, actual, x)) {
                    wrong.add(
                            "%s%s = %s instead of %s"
                                    .formatted(
                                            functions.get(f),
                                            Arrays.toString(x),
                                            actual,
                                            expected));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"I32, 1", "I32, 4", "I64, 1", "I64, 2"})
    void integers(Scalar scalar, int lanes) {
        List<Function> functions =
                List.of(
                        Function.ABS,
                        Function.SIGNUM,
                        Function.POPCOUNT,
                        Function.MULHI,
                        Function.FMA);
        long[] values = EdgeValues.of(scalar);
        int count = Math.ceilDiv(values.length * values.length, lanes) * lanes;
        long[][] inputs = new long[3][count];
        for (int k = 0; k < count; k++) {
            inputs[0][k] = values[k % values.length];
            inputs[1][k] = values[k / values.length % values.length];
            inputs[2][k] = values[(k * 7 + 3) % values.length];
        }
        long[][] results = run(functions, scalar, lanes, inputs);
        for (int f = 0; f < functions.size(); f++) {
            for (int k = 0; k < count; k++) {
                long expected =
                        Arithmetic.call(
                                functions.get(f), scalar, inputs[0][k], inputs[1][k], inputs[2][k]);
                assertThat(results[f][k])
                        .as("%s(%d, %d)", functions.get(f), inputs[0][k], inputs[1][k])
                        .isEqualTo(expected);
            }
        }
    }

    private long[][] run(List<Function> functions, Scalar scalar, int lanes, long[][] inputs) {
        Array[] arrays = {global("x", scalar), global("y", scalar), global("z", scalar)};
        Array out = global("out", scalar);
        int count = inputs[0].length;
        Var at = intVar("at");
        List<Stmt> body = new ArrayList<>();
        List<Expr> operands = new ArrayList<>();
        for (Array array : arrays) {
            Var operand = new Var(array.name() + "v", new Type(scalar, lanes));
            body.add(set(operand, load(array, mul(at, i(lanes)), lanes)));
            operands.add(operand);
        }
        for (int f = 0; f < functions.size(); f++) {
            Function function = functions.get(f);
            body.add(
                    store(
                            out,
                            mul(Ir.add(at, i(f * count / lanes)), i(lanes)),
                            new Expr.Call(function, operands.subList(0, function.arity()))));
        }
        Map<Array, MemorySegment> memory = new LinkedHashMap<>();
        for (int n = 0; n < arrays.length; n++) {
            memory.put(arrays[n], Differential.memory(scalar, inputs[n]));
        }
        memory.put(out, Differential.blank(scalar, (long) functions.size() * count));
        Kernel kernel =
                loops(
                        "functions",
                        List.copyOf(memory.keySet()),
                        loop(at, count / lanes, Run.grid(0), new Stmt.Sequence(body)));
        MemorySegment result =
                differential.run(kernel, memory, List.of(), Range.of(count / lanes, 1, 1)).get(out);
        long[][] results = new long[functions.size()][count];
        for (int f = 0; f < results.length; f++) {
            for (int k = 0; k < count; k++) {
                results[f][k] = Arithmetic.read(result, scalar, (long) f * count + k);
            }
        }
        return results;
    }

    private static long[][] triples(Scalar scalar, int lanes) {
        int n = INPUTS.length;
        int count = Math.ceilDiv(n * n, lanes) * lanes;
        long[][] inputs = new long[3][count];
        for (int k = 0; k < count; k++) {
            double[] x = {INPUTS[k % n], INPUTS[k / n % n], INPUTS[(k * 5 + 2) % n]};
            for (int j = 0; j < 3; j++) {
                inputs[j][k] =
                        Arithmetic.cast(Scalar.F64, scalar, Double.doubleToRawLongBits(x[j]));
            }
        }
        return inputs;
    }

    private static double reference(Function function, Scalar scalar, double[] x) {
        double a = Math.abs(x[0]);
        return switch (function) {
            // The interpreter's formulas lose digits near 0, 1 and the zeros of the cosine.
            case ASINH ->
                    Math.copySign(
                            a > 1e15
                                    ? Math.log(a) + Math.log(2)
                                    : Math.log1p(a + a * a / (1 + Math.sqrt(a * a + 1))),
                            x[0]);
            case ACOSH ->
                    x[0] > 1e15
                            ? Math.log(x[0]) + Math.log(2)
                            : Math.log1p((x[0] - 1) + Math.sqrt((x[0] - 1) * (x[0] + 1)));
            case SINPI -> sinPi(x[0]);
            case COSPI -> sinPi(0.5 - Math.abs(Math.IEEEremainder(x[0], 2)));
            default -> {
                long[] bits = new long[x.length];
                for (int i = 0; i < bits.length; i++) {
                    bits[i] = Double.doubleToRawLongBits(x[i]);
                }
                if (function == Function.FMA && scalar != Scalar.F64) {
                    yield Math.fma((float) x[0], (float) x[1], (float) x[2]);
                }
                yield Double.longBitsToDouble(Arithmetic.call(function, Scalar.F64, bits));
            }
        };
    }

    private static double sinPi(double x) {
        double r = Math.IEEEremainder(x, 2);
        double folded = r > 0.5 ? 1 - r : r < -0.5 ? -1 - r : r;
        return r == 0 ? r : Math.sin(Math.PI * folded);
    }

    private static boolean near(
            Function function, Scalar scalar, double expected, double actual, double[] x) {
        double want =
                value(
                        scalar,
                        Arithmetic.cast(Scalar.F64, scalar, Double.doubleToRawLongBits(expected)));
        if (Double.isNaN(want) || Double.isNaN(actual)) {
            return Double.isNaN(want) && Double.isNaN(actual);
        }
        if (want == actual) {
            return want != 0 || function != Function.RINT || same(want, actual);
        }
        double ulp =
                switch (scalar) {
                    case F64 -> Math.ulp(want);
                    case F32 -> Math.ulp((float) want);
                    case F16 -> Math.max(Math.abs(want) * 0x1p-10, 0x1p-24);
                    default -> Math.max(Math.abs(want) * 0x1p-7, Float.MIN_VALUE);
                };
        // The reference itself is off by a unit in double precision, and by rounding in others.
        int slack = scalar == Scalar.F32 && OpenClFunctions.ulps(function) == 0 ? 0 : 1;
        return Math.abs(want - actual) <= (OpenClFunctions.ulps(function) + slack) * ulp;
    }

    private static boolean same(double a, double b) {
        return Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
    }

    private static double value(Scalar scalar, long bits) {
        return new Const(Type.of(scalar), bits).asDouble();
    }
}
