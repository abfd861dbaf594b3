package org.tornadovit.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tornadovit.ir.Interpreter.KernelTrap;

class InterpreterTest {
    private static final int[] ONE = {1, 1, 1};

    /** Runs statements over {@code y} of 8 floats, numbered from 0, with {@code f32[] y}. */
    private static float[] run(String form, int items, int group, String body) {
        Kernel kernel = Parser.parse("kernel k(f32[] y) " + form + " {\n" + body + "\n}\n");
        MemorySegment memory = Interpreter.memory(0, 1, 2, 3, 4, 5, 6, 7);
        Map<Array, MemorySegment> arrays = Map.of(kernel.arrays().getFirst(), memory);
        int[] global = {items, 1, 1};
        Interpreter.run(kernel, arrays, Map.of(), global, new int[] {group, 1, 1});
        return memory.toArray(ValueLayout.JAVA_FLOAT);
    }

    private static float[] run(String body) {
        return run("loops", 1, 1, body);
    }

    private static KernelTrap trap(String body) {
        return catchThrowableOfType(KernelTrap.class, () -> run(body));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0 to 8 step 3; 1,0,0,1,0,0,1,0",
                "7 to 0 step -2; 0,1,0,1,0,1,0,1",
                "4 to 4 step 1; 0,0,0,0,0,0,0,0",
                "4 to 6 step -1; 0,0,0,0,0,0,0,0",
                "7 to -1 step -7; 1,0,0,0,0,0,0,1"
            })
    void countedLoops(String range, String expected) {
        float[] y =
                run(
                        """
                        for Z sequential i32 z = 0 to 8 step 1 {
                            y[z] = 0.0:f32
                        }
                        for L sequential i32 k = %s {
                            y[k] = (y[k] + 1.0:f32)
                        }
                        """
                                .formatted(range));
        assertThat(y).containsExactly(floats(expected));
    }

    private static float[] floats(String text) {
        String[] words = text.split(",");
        float[] result = new float[words.length];
        for (int i = 0; i < words.length; i++) {
            result[i] = Float.parseFloat(words[i]);
        }
        return result;
    }

    @Test
    void jumps() {
        float[] y =
                run(
                        """
                        for L sequential i32 i = 0 to 8 step 1 {
                            if (i == 1) {
                                continue L
                            }
                            for M sequential i32 j = 0 to 8 step 1 {
                                if (j == 3) {
                                    continue L
                                }
                                if (i == 4) {
                                    break L
                                }
                                y[i] = (y[i] + 10.0:f32)
                            }
                        }
                        block B {
                            y[7] = -1.0:f32
                            if (y[7] < 0.0:f32) {
                                break B
                            }
                            y[7] = 1.0:f32
                        }
                        loop N {
                            y[6] = (y[6] + 1.0:f32)
                            if (y[6] > 9.0:f32) {
                                return
                            }
                        }
                        y[5] = 99.0:f32
                        """);
        assertThat(y).containsExactly(30, 1, 32, 33, 4, 5, 10, -1);
    }

    @Test
    void privateArraysAreZeroEachTime() {
        float[] y =
                run(
                        """
                        for L sequential i32 i = 0 to 3 step 1 {
                            private f32 p[2]
                            p[1] = (p[1] + y[i])
                            y[i] = (p[1] + f32(length(p)))
                        }
                        """);
        assertThat(y).containsExactly(2, 3, 4, 3, 4, 5, 6, 7);
    }

    @Test
    void vectors() {
        float[] y =
                run(
                        """
                        f32x4 v = y[1:4]
                        f32x4 w = (v * splat f32x4(2.0:f32))
                        y[4:4] = select((w > 5.0:f32x4), w, (-w))
                        y[0] = reduce max(v)
                        y[1] = lane(w, 3)
                        """);
        assertThat(y).containsExactly(4, 8, 2, 3, -2, -4, 6, 8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "y[8] = 1.0:f32; INDEX",
                "y[-1] = 1.0:f32; INDEX",
                "y[(-3000000000:i64)] = 1.0:f32; INDEX",
                "y[0] = y[8]; INDEX",
                "y[5:4] = splat f32x4(0.0:f32); INDEX",
                "private f32 p[0]  y[0] = p[0]; INDEX",
                "private f32 p[-1]; SIZE",
                "y[(1 / i32(y[0]))] = 1.0:f32; DIVISION",
                "y[(1 % i32(y[0]))] = 1.0:f32; DIVISION",
                "check (y[0] > 0.0:f32) else size 17; SIZE"
            })
    void traps(String body, Stmt.Trap expected) {
        assertThat(trap(body)).extracting(KernelTrap::trap).isEqualTo(expected);
    }

    @Test
    void trapsNamePlaceAndValue() {
        assertThat(trap("y[9] @\"K.k\":12 = 1.0:f32"))
                .hasMessageContaining("index 9")
                .hasMessageContaining("length 8")
                .hasMessageEndingWith("K.k:12");
        assertThat(trap("check @\"K.k\":7 false else index 17"))
                .hasMessageContaining("17")
                .hasMessageEndingWith("K.k:7");
    }

    @Test
    void divisionOfFloatsNeverTraps() {
        assertThat(run("y[1] = (y[1] / 0.0:f32)")[1]).isInfinite();
    }

    @Test
    void itemsOfAGroupMeetAtBarriers() {
        float[] y =
                run(
                        "work_item",
                        8,
                        4,
                        """
                        local f32 shared[4]
                        shared[local_id(0)] = y[global_id(0)]
                        barrier local
                        y[global_id(0)] = shared[((local_size(0) - 1) - local_id(0))]
                        """);
        assertThat(y).containsExactly(3, 2, 1, 0, 7, 6, 5, 4);
    }

    @Test
    void itemsThatReturnDoNotHoldOthersUp() {
        float[] y =
                run(
                        "work_item",
                        8,
                        8,
                        """
                        if (local_id(0) > 3) {
                            return
                        }
                        barrier global
                        y[global_id(0)] = -1.0:f32
                        """);
        assertThat(y).containsExactly(-1, -1, -1, -1, 4, 5, 6, 7);
    }

    @Test
    void aTrapOfOneItemEndsTheLaunch() {
        KernelTrap trap =
                catchThrowableOfType(
                        KernelTrap.class,
                        () ->
                                run(
                                        "work_item",
                                        8,
                                        8,
                                        "y[(global_id(0) + 1)] = 0.0:f32  barrier global"));
        assertThat(trap.trap()).isEqualTo(Stmt.Trap.INDEX);
    }

    @Test
    void atomicOperationsOfAllItemsCount() {
        Kernel kernel =
                Parser.parse(
                        """
                        kernel k(i32[] n) work_item {
                            i32 before = atomic + n[0], global_id(0)
                            before = atomic max n[1], before
                            before = atomic ^ n[2], 3
                        }
                        """);
        Array n = kernel.arrays().getFirst();
        MemorySegment memory = MemorySegment.ofArray(new int[] {0, -5, 7});
        Map<Array, MemorySegment> arrays = new HashMap<>(Map.of(n, memory));
        Interpreter.run(kernel, arrays, Map.of(), new int[] {64, 1, 1}, new int[] {32, 1, 1});
        assertThat(memory.get(ValueLayout.JAVA_INT, 0)).isEqualTo(64 * 63 / 2);
        assertThat(memory.get(ValueLayout.JAVA_INT, 4)).isBetween(0, 64 * 63 / 2);
        assertThat(memory.get(ValueLayout.JAVA_INT, 8)).isEqualTo(7);
    }

    @Test
    void placesOfTheLaunch() {
        Kernel kernel =
                Parser.parse(
                        """
                        kernel k(i32[] n) work_item {
                            i32 x = (global_id(0) + (global_id(1) * global_size(0)))
                            n[x] = ((group_id(0) * 10) + ((group_id(1) * 100) + local_id(1)))
                            n[8] = ((group_count(0) * 10) + local_size(0))
                        }
                        """);
        int[] n = new int[9];
        MemorySegment memory = MemorySegment.ofArray(n);
        Map<Array, MemorySegment> arrays = Map.of(kernel.arrays().getFirst(), memory);
        Interpreter.run(kernel, arrays, Map.of(), new int[] {4, 2, 1}, new int[] {2, 2, 1});
        assertThat(n).containsExactly(0, 0, 10, 10, 1, 1, 11, 11, 22);
    }

    @Test
    void scalarsAreGivenByValue() {
        Kernel kernel =
                Parser.parse("kernel k(f32[] y, i32 i, f32 x) loops {\n y[i] = x\n i = 0\n}");
        MemorySegment memory = Interpreter.memory(1, 2);
        Var i = ((Param.OfScalar) kernel.params().get(1)).variable();
        Var x = ((Param.OfScalar) kernel.params().get(2)).variable();
        Map<Var, Const> scalars = Map.of(i, Const.i32(1), x, Const.f32(9));
        for (int n = 0; n < 2; n++) {
            Map<Array, MemorySegment> arrays = Map.of(kernel.arrays().getFirst(), memory);
            Interpreter.run(kernel, arrays, scalars, ONE, ONE);
        }
        assertThat(memory.toArray(ValueLayout.JAVA_FLOAT)).containsExactly(1, 9);
    }
}
