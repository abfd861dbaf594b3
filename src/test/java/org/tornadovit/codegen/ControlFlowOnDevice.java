package org.tornadovit.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tornadovit.codegen.Ir.add;
import static org.tornadovit.codegen.Ir.binary;
import static org.tornadovit.codegen.Ir.global;
import static org.tornadovit.codegen.Ir.i;
import static org.tornadovit.codegen.Ir.intVar;
import static org.tornadovit.codegen.Ir.load;
import static org.tornadovit.codegen.Ir.loop;
import static org.tornadovit.codegen.Ir.loops;
import static org.tornadovit.codegen.Ir.mul;
import static org.tornadovit.codegen.Ir.seq;
import static org.tornadovit.codegen.Ir.set;
import static org.tornadovit.codegen.Ir.store;
import static org.tornadovit.codegen.Ir.when;

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
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

/** Loops over the launch, jumps and blocks do what the interpreter does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ControlFlowOnDevice {
    private final String device;
    private Differential differential;
    private final Array out = global("out", Scalar.I32);

    /** Runs on the first device of a kind. */
    ControlFlowOnDevice(String device) {
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
    @CsvSource({"0, 17, 1", "2, 16, 7", "16, 1, -4", "7, 3, 1"})
    void gridWithConstantBounds(int start, int bound, int step) {
        Var n = intVar("n");
        Kernel kernel =
                loops(
                        "grid",
                        List.of(out),
                        loop(
                                n,
                                i(start),
                                i(bound),
                                step,
                                Run.grid(0),
                                store(out, n, add(n, i(100)))));
        differential.checkLoops(kernel, Map.of(out, Differential.blank(Scalar.I32, 20)));
    }

    @ParameterizedTest
    @CsvSource({"0, 17, 1", "2, 17, 3", "16, 1, -2"})
    void gridWithBoundsFromMemory(int start, int bound, int step) {
        Array limits = global("limits", Scalar.I32);
        Var n = intVar("n");
        Kernel kernel =
                loops(
                        "stride",
                        List.of(limits, out),
                        loop(
                                n,
                                load(limits, i(0)),
                                load(limits, i(1)),
                                step,
                                Run.grid(0),
                                store(out, n, add(n, i(100)))));
        differential.checkLoops(
                kernel,
                Map.of(
                        limits, Differential.memory(Scalar.I32, start, bound),
                        out, Differential.blank(Scalar.I32, 20)));
    }

    @Test
    void threeDimensionsOfOddSizes() {
        Var x = intVar("x");
        Var y = intVar("y");
        Var z = intVar("z");
        Expr place = add(mul(add(mul(z, i(5)), y), i(7)), x);
        Kernel kernel =
                loops(
                        "volume",
                        List.of(out),
                        loop(
                                z,
                                3,
                                Run.grid(2),
                                loop(
                                        y,
                                        5,
                                        Run.grid(1),
                                        loop(
                                                x,
                                                7,
                                                Run.grid(0),
                                                store(out, place, mul(place, i(3)))))));
        differential.checkLoops(kernel, Map.of(out, Differential.blank(Scalar.I32, 105)));
    }

    @Test
    void continueOfAGridLoopEndsTheIteration() {
        Var n = intVar("n");
        Var k = intVar("k");
        Label outer = new Label("outer");
        Stmt body =
                seq(
                        loop(
                                k,
                                4,
                                Run.SEQUENTIAL,
                                when(
                                        binary(BinaryOp.EQ, k, binary(BinaryOp.AND, n, i(7))),
                                        new Stmt.Continue(outer))),
                        store(out, n, i(1)));
        Kernel constant =
                loops(
                        "skip",
                        List.of(out),
                        new Stmt.For(outer, n, i(0), i(16), 1, Run.grid(0), body));
        differential.checkLoops(constant, Map.of(out, Differential.blank(Scalar.I32, 16)));
        Kernel strided =
                loops(
                        "skip",
                        List.of(out),
                        new Stmt.For(outer, n, i(0), load(out, i(16)), 1, Run.grid(0), body));
        differential.checkLoops(
                strided,
                Map.of(
                        out,
                        Differential.memory(
                                Scalar.I32,
                                LongStream.range(0, 17).map(v -> v == 16 ? 16 : 0).toArray())));
    }

    @Test
    void theBoundIsTakenBeforeTheLoop() {
        Var n = intVar("n");
        Var limit = intVar("limit");
        Kernel kernel =
                loops(
                        "bound",
                        List.of(out),
                        seq(
                                set(limit, i(3)),
                                loop(
                                        n,
                                        i(0),
                                        limit,
                                        1,
                                        Run.SEQUENTIAL,
                                        seq(
                                                set(limit, add(limit, i(1))),
                                                store(out, i(0), n),
                                                store(out, i(1), limit)))));
        differential.checkLoops(kernel, Map.of(out, Differential.blank(Scalar.I32, 2)));
    }

    @Test
    void privateArraysAreZeroEachTimeTheyAreReached() {
        Var n = intVar("n");
        Array own = new Array("own", Scalar.F16, Space.PRIVATE);
        Array halves = global("halves", Scalar.F16);
        Expr next = add(load(own, i(2)), new Expr.Cast(Type.of(Scalar.F16), add(n, i(1))));
        Kernel kernel =
                loops(
                        "own",
                        List.of(halves),
                        loop(
                                n,
                                4,
                                Run.SEQUENTIAL,
                                seq(
                                        Ir.allocate(own, 3),
                                        store(own, i(2), next),
                                        store(halves, n, load(own, i(2))))));
        differential.checkLoops(kernel, Map.of(halves, Differential.blank(Scalar.F16, 4)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void randomKernels(long seed) {
        Kernel kernel = RandomKernel.of(seed);
        int length = RandomKernel.ITEMS * RandomKernel.SLOTS;
        Map<Array, java.lang.foreign.MemorySegment> arrays =
                Map.of(
                        kernel.arrays().get(0), Differential.blank(Scalar.I32, length),
                        kernel.arrays().get(1), Differential.blank(Scalar.F32, length));
        differential.checkItems(
                kernel, arrays, new int[] {RandomKernel.ITEMS, 1, 1}, new int[] {4, 1, 1});
    }

    @Test
    void equalKernelsHaveEqualText() {
        assertThat(differential.render(RandomKernel.of(5)).text())
                .isEqualTo(differential.render(RandomKernel.of(5)).text());
    }
}
