package org.tornadovit.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tornadovit.codegen.ptx.Architecture;
import org.tornadovit.device.Code;
import org.tornadovit.device.DeviceInfo.Feature;
import org.tornadovit.device.Range;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Parser;
import org.tornadovit.ir.Scalar;
import org.tornadovit.passes.Lowering;
import org.tornadovit.passes.Pipeline;
import org.tornadovit.passes.Target;
import org.tornadovit.testing.RequiresDevice;

/** Contractions through shared memory, in PTX: results, registers, spills. */
class PtxTilesTest {
    private static final Target FEW_CORES = new Target(1, 16, 2, false, 48 << 10);
    private static final Target MANY_CORES = new Target(1, 16, 132, true, 48 << 10);

    private static Lowering.Stage stage(int rows, int columns, int terms, Target target) {
        Kernel kernel =
                Parser.parse(
                        """
                        kernel linear(f32[] x, f32[] w, f32[] b, f32[] y) loops {
                            for i parallel i32 i = 0 to %1$d step 1 {
                                for j parallel i32 j = 0 to %2$d step 1 {
                                    f32 sum = 0.0:f32
                                    for k sequential i32 k = 0 to %3$d step 1 {
                                        sum = (sum + (x[((i * %3$d) + k)] * w[((j * %3$d) + k)]))
                                    }
                                    y[((i * %2$d) + j)] = (sum + b[j])
                                }
                            }
                        }
                        """
                                .formatted(rows, columns, terms));
        Map<Array, Integer> lengths = new LinkedHashMap<>();
        int[] sizes = {rows * terms, columns * terms, columns, rows * columns};
        for (int i = 0; i < sizes.length; i++) {
            lengths.put(kernel.arrays().get(i), sizes[i]);
        }
        Pipeline.Task task = new Pipeline.Task(Map.of(), lengths, Set.of());
        return Pipeline.lower(kernel, task, target).stages().getFirst();
    }

    private static Range range(Lowering.Stage stage) {
        return new Range(
                stage.grid().get(0),
                stage.grid().get(1),
                stage.grid().get(2),
                stage.group().get(0),
                stage.group().get(1),
                stage.group().get(2));
    }

    @ParameterizedTest
    @CsvSource({"130, 140, 33, sm_90", "40, 70, 16, sm_75"})
    void resultsAreThoseOfTheInterpreter(int rows, int columns, int terms, String architecture) {
        Lowering.Stage stage = stage(rows, columns, terms, FEW_CORES);
        Map<Array, MemorySegment> arrays = new LinkedHashMap<>();
        int[] sizes = {rows * terms, columns * terms, columns, rows * columns};
        for (int i = 0; i < sizes.length; i++) {
            long[] bits =
                    LongStream.range(0, sizes[i])
                            .map(n -> Float.floatToRawIntBits((n * 7919 % 1000 - 500) * 0.01f))
                            .toArray();
            arrays.put(stage.kernel().arrays().get(i), Differential.memory(Scalar.F32, bits));
        }
        Range range = range(stage);
        try (Differential differential =
                new Differential("ptx:" + architecture, Contraction.FORBIDDEN)) {
            differential.checkItems(
                    stage.kernel(),
                    arrays,
                    new int[] {(int) range.x(), (int) range.y(), (int) range.z()},
                    new int[] {(int) range.groupX(), 1, 1});
        }
    }

    @Test
    void sharedMemoryIsReadFourAtATime() {
        Lowering.Stage stage = stage(256, 256, 256, MANY_CORES);
        String text = code(stage, "sm_90").text();
        assertThat(text).contains("ld.shared.v4.f32").doesNotContain("ld.shared.f32");
    }

    /** Up to 128 registers, two groups fit on a multiprocessor; and nothing is spilled. */
    @ParameterizedTest
    @CsvSource({
        "197, 768, 144, sm_75",
        "197, 768, 128, sm_90",
        "4096, 3072, 128, sm_80",
        "4096, 3072, 128, sm_90"
    })
    @RequiresDevice("ptxas")
    void nothingIsSpilled(int rows, int columns, int most, String architecture) throws Exception {
        Code code = code(stage(rows, columns, 768, MANY_CORES), architecture);
        String report = PtxTools.report(code, architecture);
        assertThat(report).contains("0 bytes spill stores, 0 bytes spill loads");
        Matcher registers = Pattern.compile("Used (\\d+) registers").matcher(report);
        assertThat(registers.find()).as(report).isTrue();
        assertThat(Integer.parseInt(registers.group(1))).isLessThanOrEqualTo(most);
    }

    private static Code code(Lowering.Stage stage, String architecture) {
        Ptx renderer =
                new Ptx(
                        Architecture.of(architecture),
                        Set.of(Feature.values()),
                        Contraction.ALLOWED);
        return renderer.render(stage.kernel(), range(stage));
    }
}
