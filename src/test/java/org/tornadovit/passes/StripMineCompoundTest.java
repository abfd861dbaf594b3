package org.tornadovit.passes;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Interpreter;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Verifier;

/** Parallel loops whose body has loops and branches that all lanes take alike. */
class StripMineCompoundTest {
    private static final String PARAMS = "f32[] x, f32[] y, i32[] n";
    private static final Target TARGET = new Target(4, 16, 2, false);
    private static final int LENGTH = 64;

    private static Kernel kernel(String body) {
        return kernel(body, 10);
    }

    private static Kernel kernel(String body, int columns) {
        String outer = "for I parallel i32 i = 0 to 3 step 1 { %s }";
        String inner = "for L parallel i32 c = 0 to %d step 1 { %s }".formatted(columns, body);
        return Texts.kernel(PARAMS, outer.formatted(inner));
    }

    private static float[] run(Kernel kernel) {
        Random random = new Random(3);
        Map<Array, MemorySegment> memory = new HashMap<>();
        for (Array array : kernel.arrays()) {
            MemorySegment segment = Arena.ofAuto().allocate(4L * LENGTH, 64);
            for (int e = 0; e < LENGTH; e++) {
                if (array.name().equals("n")) {
                    segment.setAtIndex(ValueLayout.JAVA_INT, e, random.nextInt(4));
                } else {
                    segment.setAtIndex(ValueLayout.JAVA_FLOAT, e, random.nextFloat() - 0.5f);
                }
            }
            memory.put(array, segment);
        }
        Interpreter.run(kernel, memory, Map.of());
        return memory.get(Texts.array(kernel, "y")).toArray(ValueLayout.JAVA_FLOAT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // a sum and a maximum over a column
                "f32 s = 0.0:f32 for K sequential i32 k = 0 to 4 step 1 {"
                        + " s = (s + x[((k * 10) + c)]) } y[((i * 10) + c)] = s",
                "f32 s = -9.0:f32 for K sequential i32 k = 0 to 2 step 1 {"
                        + " i32 r = min((i + k), 2) for M sequential i32 m = 0 to 3 step 1 {"
                        + " s = max(s, x[(((r * 10) + c) + m)]) } } y[((i * 10) + c)] = s",
                // a scalar that becomes a vector, and two that change places
                "f32 a = 1.0:f32 f32 b = x[c] for K sequential i32 k = 0 to 3 step 1 {"
                        + " f32 t = a a = b b = (t + 1.0:f32) }"
                        + " y[((i * 10) + c)] = (a + (b * 2.0:f32))",
                // how often it runs, and what it counts, is the same for all lanes
                "f32 s = 0.0:f32 i32 q = 0 for K sequential i32 k = 0 to n[i] step 1 {"
                        + " q = (q + 2) s = (s + (x[(c + q)] * f32(k))) } y[((i * 10) + c)] = s",
                // branches
                "f32 s = 0.0:f32 if (i < 1) { s = x[c] } y[((i * 10) + c)] = s",
                "f32 s = 0.0:f32 if (i < 1) { s = x[c] } else { s = 2.0:f32 }"
                        + " y[((i * 10) + c)] = s",
                "f32 s = x[c] if (i < 1) { s = (s * 2.0:f32) for K sequential i32 k = 0 to 3 step"
                        + " 1 { if (k < 2) { s = (s + x[(c + k)]) } } } y[((i * 10) + c)] = s",
                "if (i < 1) { y[((i * 10) + c)] = x[c] }",
                // two elements each
                "f32 s = 0.0:f32 for K sequential i32 k = 0 to 4 step 1 {"
                        + " s = (s + x[((k * 10) + c)]) } y[((i * 20) + c)] = s"
                        + " y[((i * 20) + (c + 10))] = (s * s)"
            })
    void vectors(String body) {
        Kernel kernel = kernel(body);
        Kernel mined = Verifier.verify(StripMine.apply(kernel, TARGET));
        assertThat(Texts.body(mined)).contains(":4] = ");
        assertThat(run(mined)).containsExactly(run(kernel));
    }

    @ParameterizedTest
    @CsvSource({"4,1", "8,2", "12,1", "16,4", "17,4", "18,4", "20,1"})
    void vectorsAbreast(int columns, int abreast) {
        String body =
                "f32 s = 0.0:f32 for K sequential i32 k = 0 to n[i] step 1 {"
                        + " if (k < 2) { s = (s + x[((k * 11) + c)]) } } y[((i * 20) + c)] = s";
        Kernel kernel = kernel(body, columns);
        Kernel mined = Verifier.verify(StripMine.apply(kernel, TARGET));
        String text = Texts.body(mined);
        assertThat(text.split(":4] = ", -1)).hasSize(abreast + 1);
        assertThat(text.split("for K", -1)).hasSize(columns % 4 == 0 ? 2 : 3);
        assertThat(run(mined)).containsExactly(run(kernel));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "if (x[c] < 0.0:f32) { y[((i * 10) + c)] = 1.0:f32 }", // lanes go their own ways
                "for K sequential i32 k = 0 to c step 1 { y[((i * 10) + c)] = x[k] }",
                "for K sequential i32 k = 0 to 3 step 1 { x[c] = (x[c] + 1.0:f32) }", // in place
                "for K sequential i32 k = 0 to 3 step 1 { y[((c * 3) + k)] = 1.0:f32 }",
                "for K sequential i32 k = 0 to 3 step 1 { if (i < k) { break K }  y[c] = x[k] }",
                "for K sequential i32 k = 0 to 3 step 1 { y[c] = f32((k + c)) }"
            })
    void scalars(String body) {
        Kernel kernel = kernel(body);
        assertThat(Texts.body(StripMine.apply(kernel, TARGET))).isEqualTo(Texts.body(kernel));
    }
}
