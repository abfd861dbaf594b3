package org.tornadovit.codegen.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tornadovit.device.Range;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Function;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.UnaryOp;
import org.tornadovit.ir.Var;

/** Every operation on every type, as scalars and as vectors, against the interpreter. */
class OperationsTest {
    private static final int LENGTH = 128;
    private static final List<Integer> LANES = List.of(1, 4, 16, 64);

    /** One operation on up to two arrays of a type. */
    record Case(String name, Scalar from, Scalar to, BiFunction<Expr, Expr, Expr> operation) {
        @Override
        public String toString() {
            return name + " " + from + " -> " + to;
        }
    }

    static Stream<Case> binary() {
        List<Case> cases = new ArrayList<>();
        for (BinaryOp op : BinaryOp.values()) {
            for (Scalar type : Scalar.values()) {
                if (isDefined(op, type) && !op.isShift()) {
                    cases.add(new Case(op.name(), type, type, (x, y) -> apply(op, x, y)));
                }
            }
        }
        return cases.stream();
    }

    private static boolean isDefined(BinaryOp op, Scalar type) {
        boolean logic =
                op == BinaryOp.AND || op == BinaryOp.OR || op == BinaryOp.XOR || op.isComparison();
        boolean order = op.isComparison() && op != BinaryOp.EQ && op != BinaryOp.NE;
        return switch (type) {
            case BOOL -> logic && !order;
            case I8, I16, U16, I32, I64 -> true;
            case F16, BF16, F32, F64 -> op.isComparison() || !logic;
        };
    }

    private static Expr apply(BinaryOp op, Expr x, Expr y) {
        boolean divides = (op == BinaryOp.DIV || op == BinaryOp.REM) && !x.type().isFloat();
        Expr zero = Const.zero(y.type());
        Expr one = new Const(y.type(), 1);
        Expr divisor = divides ? new Expr.Select(new Expr.Binary(BinaryOp.EQ, y, zero), one, y) : y;
        Expr result = new Expr.Binary(op, x, divisor);
        return op.isComparison() && x.type().scalar() != Scalar.BOOL
                ? new Expr.Select(result, x, y)
                : result;
    }

    static Stream<Case> shifts() {
        List<Case> cases = new ArrayList<>();
        for (BinaryOp op : List.of(BinaryOp.SHL, BinaryOp.SHR, BinaryOp.USHR)) {
            for (Scalar type : Scalar.values()) {
                for (int distance : new int[] {0, 3, 13, 31, 32, 45, -1}) {
                    if (type.isInteger()) {
                        String name = op + " " + distance;
                        cases.add(
                                new Case(
                                        name,
                                        type,
                                        type,
                                        (x, _) -> new Expr.Binary(op, x, Const.i32(distance))));
                    }
                }
            }
        }
        return cases.stream();
    }

    static Stream<Case> unary() {
        List<Case> cases = new ArrayList<>();
        for (Scalar type : Scalar.values()) {
            if (type != Scalar.BOOL) {
                cases.add(new Case("NEG", type, type, (x, _) -> new Expr.Unary(UnaryOp.NEG, x)));
                cases.add(new Case("SELECT", type, type, OperationsTest::mixed));
            }
            if (type.isInteger()) {
                cases.add(
                        new Case(
                                "COMPLEMENT",
                                type,
                                type,
                                (x, _) -> new Expr.Unary(UnaryOp.COMPLEMENT, x)));
            }
        }
        return cases.stream();
    }

    /** !(x < y & x != 1 | false) ? x : a constant. */
    private static Expr mixed(Expr x, Expr y) {
        Expr one = new Const(x.type(), 1);
        Expr less = new Expr.Binary(BinaryOp.LT, x, y);
        Expr notOne = new Expr.Binary(BinaryOp.NE, x, one);
        Expr no = new Const(less.type(), 0);
        Expr both = new Expr.Binary(BinaryOp.AND, less, notOne);
        Expr either = new Expr.Binary(BinaryOp.OR, both, no);
        return new Expr.Select(new Expr.Unary(UnaryOp.NOT, either), x, one);
    }

    static Stream<Case> casts() {
        List<Case> cases = new ArrayList<>();
        for (Scalar from : Scalar.values()) {
            for (Scalar to : Scalar.values()) {
                cases.add(
                        new Case(
                                "CAST",
                                from,
                                to,
                                (x, _) -> new Expr.Cast(new Type(to, x.type().lanes()), x)));
                if (from.bytes() == to.bytes() && from != Scalar.BOOL && to != Scalar.BOOL) {
                    cases.add(
                            new Case(
                                    "BITCAST",
                                    from,
                                    to,
                                    (x, _) -> new Expr.Bitcast(new Type(to, x.type().lanes()), x)));
                }
            }
        }
        return cases.stream();
    }

    static Stream<Case> functions() {
        List<Case> cases = new ArrayList<>();
        for (Function function : Function.values()) {
            boolean integer =
                    switch (function) {
                        case ABS, SIGNUM, POPCOUNT, MULHI, FMA -> true;
                        default -> false;
                    };
            boolean floating = function != Function.POPCOUNT && function != Function.MULHI;
            for (Scalar type : Scalar.values()) {
                boolean wide = type == Scalar.I32 || type == Scalar.I64;
                if (type.isFloat() ? floating : integer && wide) {
                    cases.add(
                            new Case(
                                    function.name(),
                                    type,
                                    type,
                                    (x, y) ->
                                            new Expr.Call(
                                                    function,
                                                    List.of(x, y, x)
                                                            .subList(0, function.arity()))));
                }
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource({"binary", "shifts", "unary", "casts"})
    void agreesExactly(Case test) {
        for (int lanes : LANES) {
            boolean truth = test.from == Scalar.BOOL || test.to == Scalar.BOOL;
            if (!truth || lanes == 1) {
                check(test, lanes, 0);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void functionsAgree(Case test) {
        for (int lanes : LANES) {
            boolean exact = lanes == 1 || !test.from.isFloat();
            double ulp =
                    switch (test.from) {
                        case F16 -> 0x1p-10;
                        case BF16 -> 0x1p-7;
                        case F32 -> 0x1p-23;
                        default -> 0x1p-52;
                    };
            check(test, lanes, exact ? 0 : 4 * ulp);
        }
    }

    private static void check(Case test, int lanes, double tolerance) {
        for (int bits :
                lanes == 1 ? new int[] {0} : lanes == 64 ? new int[] {512} : new int[] {512, 128}) {
            Supplier<Comparison> comparison =
                    () ->
                            new Comparison(kernel(test, lanes))
                                    .random("x", LENGTH, 1)
                                    .random("y", LENGTH, 2)
                                    .random("z", LENGTH, 3)
                                    .vectorBits(bits)
                                    .threads(2)
                                    .within(tolerance);
            try {
                comparison.get().agrees(Range.of(LENGTH / lanes, 1, 1));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(test + " with " + lanes + " lanes, " + bits + " bits", e);
            }
        }
    }

    private static Kernel kernel(Case test, int lanes) {
        Array x = new Array("x", test.from, Space.GLOBAL);
        Array y = new Array("y", test.from, Space.GLOBAL);
        Array z = new Array("z", test.to, Space.GLOBAL);
        Var i = new Var("i", Type.I32);
        Type type = new Type(test.from, lanes);
        Expr a = new Expr.Load(x, i, type, Site.NONE);
        Expr b = new Expr.Load(y, i, type, Site.NONE);
        Expr value = test.operation.apply(a, b);
        Stmt store;
        if (value.type().scalar() == test.to) {
            store = new Stmt.Store(z, i, value, Site.NONE);
        } else {
            throw new IllegalStateException(test + " gives " + value.type());
        }
        Stmt loop =
                new Stmt.For(
                        new Label("i"),
                        i,
                        Const.i32(0),
                        Const.i32(LENGTH),
                        lanes,
                        Run.grid(0),
                        store);
        return new Kernel(
                "operation",
                Stream.of(x, y, z).<Param>map(Param.OfArray::new).toList(),
                loop,
                Kernel.Form.LOOPS,
                Site.NONE);
    }

    static IntStream lanes() {
        return LANES.stream().mapToInt(Integer::intValue);
    }

    @ParameterizedTest
    @MethodSource("lanes")
    void lanesAndReductions(int lanes) {
        if (lanes == 1) {
            return;
        }
        for (Scalar scalar : Arrays.asList(Scalar.values())) {
            if (scalar == Scalar.BOOL) {
                continue;
            }
            BiFunction<Expr, Expr, Expr> operation =
                    (x, y) ->
                            new Expr.Broadcast(
                                    x.type(),
                                    new Expr.Binary(
                                            BinaryOp.MAX,
                                            new Expr.Lane(x, lanes - 1),
                                            new Expr.Reduce(BinaryOp.MIN, y)));
            check(new Case("LANE", scalar, scalar, operation), lanes, 0);
            if (scalar.isInteger()) {
                BiFunction<Expr, Expr, Expr> sum =
                        (x, _) -> new Expr.Broadcast(x.type(), new Expr.Reduce(BinaryOp.ADD, x));
                check(new Case("SUM", scalar, scalar, sum), lanes, 0);
            }
        }
        assertThat(lanes).isGreaterThan(1);
    }
}
