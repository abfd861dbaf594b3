package org.tornadovit.passes;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Interpreter;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Parser;
import org.tornadovit.ir.Printer;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

class RangesTest {
    /** i from 0 to 9, j from -3 to 5; k, l and u16 unknown. */
    private static Interval bounds(String type, String expression) {
        Kernel kernel =
                Parser.parse(
                        "kernel k(i32 i, i32 j, i32 k, i64 l, f32 x, u16[] c) loops {\n %s r = %s\n}"
                                .formatted(type, expression));
        Ranges ranges =
                Ranges.nothing(Assignments.of(kernel))
                        .with(variable(kernel, 0), new Interval(0, 9))
                        .with(variable(kernel, 1), new Interval(-3, 5));
        return ranges.of(((Stmt.Assign) kernel.body()).value());
    }

    private static Var variable(Kernel kernel, int parameter) {
        return ((Param.OfScalar) kernel.params().get(parameter)).variable();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "(i + j); -3; 14",
                "(i - j); -5; 12",
                "((i * 7) + j); -3; 68",
                "((i + 5) - i); 5; 5",
                "(-i); -9; 0",
                "(i << 3); 0; 72",
                "(i << 35); 0; 72",
                "(i * j); -27; 45",
                "(i / 3); 0; 3",
                "(j / 2); -3; 5",
                "(i % 4); 0; 3",
                "(j % 4); -3; 3",
                "(j % -2); -1; 1",
                "(i & 6); 0; 6",
                "(k & 6); 0; 6",
                "(i | 4); 0; 15",
                "(i ^ i); 0; 15",
                "(i >> 1); 0; 4",
                "(j >> 1); -2; 2",
                "(i >>> 1); 0; 4",
                "(i >> 33); 0; 4",
                "min(i, 4); 0; 4",
                "max(j, 0); 0; 5",
                "min(k, 4); -2147483648; 4",
                "select((x < 1.0:f32), i, j); -3; 9",
                "i32(c[0]); 0; 65535",
                "length(c); 0; 2147483647",
                "i32((x < 1.0:f32)); 0; 1"
            })
    void boundsOfIntegers(String expression, long low, long high) {
        assertThat(bounds("i32", expression)).isEqualTo(new Interval(low, high));
    }

    /** What may wrap around can be anything. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "(k + 1)",
                "(i * 300000000)",
                "(j >>> 1)",
                "(-k)",
                "(k - i)",
                "(i << j)",
                "i32(l)",
                "i32(x)",
                "((i * 65536) * 65536)"
            })
    void wrappingIsSeen(String expression) {
        Interval found = bounds("i32", expression);
        Interval all = Interval.of(Type.I32);
        assertThat(found.low() == all.low() || found.equals(Interval.of(0))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "(i64(i) * 4000000000:i64); 0; 36000000000",
                "((i64(i) << 33) >> 33); 0; 9",
                "(i64(k) + 1:i64); -2147483647; 2147483648",
            })
    void boundsOfLongs(String expression, long low, long high) {
        assertThat(bounds("i64", expression)).isEqualTo(new Interval(low, high));
    }

    /** The sum in i32 wraps before it is widened, although the whole sum would not. */
    @Test
    void wideningDoesNotUndoWrapping() {
        Interval found = bounds("i64", "(i64((i + 2147483647)) - 2147483647:i64)");
        assertThat(found.low()).isLessThan(-2147483648L);
        assertThat(bounds("i64", "(l >> 60)").contains(-8)).isTrue();
        assertThat(bounds("i64", "(l / 1152921504606846976:i64)").contains(7)).isTrue();
        assertThat(bounds("i64", "(l + 1:i64)").contains(Long.MIN_VALUE)).isTrue();
    }

    // ---- conditions

    private static Interval where(String condition, boolean holds, String expression) {
        Kernel kernel =
                Parser.parse(
                        "kernel k(i32 i, i32 j, i32 k, i64 l) loops {\n bool b = %s\n i32 r = %s\n}"
                                .formatted(condition, expression));
        List<Stmt> body = ((Stmt.Sequence) kernel.body()).body();
        Ranges ranges =
                Ranges.nothing(Assignments.of(kernel))
                        .with(variable(kernel, 0), new Interval(0, 9))
                        .where(((Stmt.Assign) body.get(0)).value(), holds);
        return ranges.of(((Stmt.Assign) body.get(1)).value());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "(i < 4); true; i; 0; 3",
                "(i < 4); false; i; 4; 9",
                "(i == 4); true; i; 4; 4",
                "(i >= j); true; (j - i); -2147483657; 0",
                "(!(i < 4)); true; i; 4; 9",
                "((i > 2) & (i <= 5)); true; i; 3; 5",
                "((i < 2) | (i > 5)); false; i; 2; 5",
                "((i + 2) < 6); true; i; 0; 3",
                "(i < 4); true; ((i * 3) + 1); 1; 10",
                "((k >= 0) & (k <= i)); true; k; 0; 9",
                "((k >= i) & (k < (i + 3))); true; (k - i); 0; 2",
                "((k >= i) & (k < (i + 3))); true; k; 0; 11",
            })
    void conditions(String condition, boolean holds, String expression, long low, long high) {
        Interval found = where(condition, holds, expression);
        Interval type = Interval.of(Type.I32);
        Interval expected = new Interval(low, high);
        assertThat(found).isEqualTo(expected.within(type) ? expected : type);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "((k + 1) < 6); true; k", // k + 1 may wrap
                "((k < 2) | (k > 5)); true; k",
                "((k < 2) & (k > -5)); false; k",
                "(k != 2); true; k",
                "(i64(k) == l); true; k"
            })
    void whatSaysNothing(String condition, boolean holds, String expression) {
        assertThat(where(condition, holds, expression)).isEqualTo(Interval.of(Type.I32));
    }

    @Test
    void variablesThatChangeCarryNoFacts() {
        Kernel kernel = Parser.parse("kernel k(i32 i) loops {\n i = 3\n i32 r = i\n}");
        Ranges ranges =
                Ranges.nothing(Assignments.of(kernel))
                        .with(variable(kernel, 0), new Interval(0, 9));
        Expr i = variable(kernel, 0);
        assertThat(ranges.of(i)).isEqualTo(Interval.of(Type.I32));
    }

    // ---- at random

    /** Values of random expressions lie in the bounds that are computed for them. */
    @Test
    void boundsHoldForRandomExpressions() {
        Random random = new Random(4);
        for (int n = 0; n < 4000; n++) {
            RandomExpressions e = new RandomExpressions(random);
            for (int i = 0; i < 3; i++) {
                Var v = new Var("v" + i, Type.I32);
                long low = random.nextInt(12) - 4;
                long high = low + random.nextInt(9);
                boolean wide = e.chance(15);
                e.counters.add(
                        new RandomExpressions.Counter(
                                v, wide ? Integer.MIN_VALUE : low, wide ? random.nextInt() : high));
            }
            Expr narrow = e.integer(4);
            Expr expr =
                    e.chance(30)
                            ? RandomExpressions.binary(
                                    org.tornadovit.ir.BinaryOp.SUB,
                                    new Expr.Cast(Type.I64, narrow),
                                    new Expr.Cast(Type.I64, e.integer(2)))
                            : narrow;
            check(e, expr);
        }
    }

    private static Expr truth(Expr condition) {
        return new Expr.Cast(Type.I64, condition);
    }

    private static void check(RandomExpressions e, Expr expr) {
        Array out = new Array("out", Scalar.I64, Space.GLOBAL);
        Expr condition = e.condition(2);
        boolean holds = e.chance(70);
        Expr wide = new Expr.Cast(Type.I64, expr);
        Stmt body =
                new Stmt.Sequence(
                        List.of(
                                new Stmt.Store(out, Const.i32(1), truth(condition), Site.NONE),
                                new Stmt.Store(out, Const.i32(0), wide, Site.NONE)));
        Kernel kernel =
                new Kernel(
                        "k", List.of(new Param.OfArray(out)), body, Kernel.Form.LOOPS, Site.NONE);
        Ranges ranges = Ranges.nothing(Assignments.of(kernel));
        for (RandomExpressions.Counter c : e.counters) {
            ranges = ranges.with(c.variable(), new Interval(c.low(), c.high()));
        }
        Interval bounds = ranges.where(condition, holds).of(expr);
        for (int trial = 0; trial < 20; trial++) {
            Map<Var, Const> values = new HashMap<>();
            for (RandomExpressions.Counter c : e.counters) {
                long value =
                        switch (trial) {
                            case 0 -> c.low();
                            case 1 -> c.high();
                            default -> e.random.nextLong(c.low(), c.high() + 1);
                        };
                values.put(c.variable(), Const.i32((int) value));
            }
            MemorySegment memory = MemorySegment.ofArray(new long[2]);
            try {
                Interpreter.run(kernel, Map.of(out, memory), values);
            } catch (Interpreter.KernelTrap divisionByZero) {
                continue;
            }
            long value = memory.get(ValueLayout.JAVA_LONG, 0);
            boolean held = memory.get(ValueLayout.JAVA_LONG, Long.BYTES) != 0;
            assertThat(held != holds || bounds.contains(value))
                    .as(() ->
                            "%d in %s of %s where %s is %s"
                                    .formatted(
                                            value,
                                            bounds,
                                            Printer.print(expr),
                                            Printer.print(condition),
                                            holds))
                    .isTrue();
        }
    }
}
