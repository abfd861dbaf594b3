package org.tornadovit.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tornadovit.device.DeviceInfo.Feature;
import org.tornadovit.device.FpgaVendor;
import org.tornadovit.device.Range;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Parser;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;
import org.tornadovit.passes.Lowering;
import org.tornadovit.passes.Pipeline;
import org.tornadovit.passes.Target;

/**
 * The texts of kernels for FPGAs are those of {@code src/test/resources/golden/fpga}. When they
 * have changed on purpose, run this test once with {@code -Dgolden.update=true} and look at the
 * diff.
 */
class FpgaGoldenTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
    private static final Path FOLDER = GOLDEN.resolve("fpga");
    private static final Range GRID = new Range(640, 1, 1, 64, 1, 1);

    private static final Map<String, String> TEXTS = texts();

    private static Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        for (FpgaVendor vendor : FpgaVendor.values()) {
            OpenClC renderer =
                    new OpenClC(EnumSet.allOf(Feature.class), Contraction.ALLOWED, vendor);
            String end = "-" + vendor.label();
            texts.put("linearGelu" + end, loops(renderer, "linearGelu", 197, 192, 768));
            texts.put("linearGelu-odd" + end, loops(renderer, "linearGelu", 3, 5, 7));
            texts.put("softmax" + end, loops(renderer, "softmax", 591, 197));
            texts.put("layerNorm" + end, loops(renderer, "layerNorm", 197, 192));
            texts.put(
                    "convolution" + end,
                    loops(renderer, "convolution", 1, 58, 58, 64, 56, 56, 64, 3, 1));
            texts.put(
                    "histogram" + end,
                    circuit(SampleKernels.histogram(1000, 10).kernel(), Map.of(), renderer));
            texts.put(
                    "local-sum" + end,
                    renderer.render(SampleKernels.localSum(64).kernel(), GRID).text());
        }
        return texts;
    }

    /** A kernel of the passes' golden texts with values for its integer parameters. */
    private static String loops(OpenClC renderer, String name, int... values) {
        try {
            Path file = GOLDEN.resolve(Path.of("passes", name + ".kernel"));
            Kernel kernel = Parser.parse(Files.readString(file));
            Map<Var, Const> scalars = new HashMap<>();
            int next = 0;
            for (Param param : kernel.params()) {
                if (param instanceof Param.OfScalar(var v)) {
                    boolean integer = v.type().equals(Type.I32);
                    scalars.put(v, integer ? Const.i32(values[next++]) : Const.f32(0.125f));
                }
            }
            return circuit(kernel, scalars, renderer);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String circuit(Kernel kernel, Map<Var, Const> scalars, OpenClC renderer) {
        Map<Array, Integer> lengths = new HashMap<>();
        kernel.arrays().forEach(array -> lengths.put(array, 10_000_000));
        Pipeline.Task task = new Pipeline.Task(scalars, lengths, Set.of());
        Lowering lowering = Pipeline.lower(kernel, task, Target.circuit(true));
        assertThat(lowering.stages()).hasSize(1);
        return renderer.render(lowering.stages().getFirst().kernel(), Range.SINGLE).text();
    }

    static List<String> names() {
        return List.copyOf(TEXTS.keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void theTextIsTheGoldenOne(String name) throws IOException {
        Path file = FOLDER.resolve(name + ".cl");
        String text = TEXTS.getOrDefault(name, "");
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }

    @Test
    void noGoldenTextIsWithoutItsKernel() throws IOException {
        try (var files = Files.list(FOLDER)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            names().stream().map(n -> n + ".cl").toList());
        }
    }

    @Test
    void oneWorkItemAsksForNoPlaceAndNeedsNoAtomics() {
        TEXTS.forEach((name, text) -> {
            if (!name.startsWith("local-sum")) {
                assertThat(text)
                        .contains("reqd_work_group_size(1, 1, 1)")
                        .doesNotContain("get_global")
                        .doesNotContain("atom");
            }
        });
    }

    @Test
    void groupsAreThoseOfTheLaunch() {
        assertThat(TEXTS.getOrDefault("local-sum-intel", ""))
                .contains("reqd_work_group_size(64, 1, 1)")
                .contains("barrier(");
    }

    @Test
    void anotherTextHasAnotherName() {
        assertThat(TEXTS.values().stream().map(FpgaGoldenTest::entry)).doesNotHaveDuplicates();
    }

    private static String entry(String text) {
        return text.replaceFirst("(?s).*\nvoid (\\w+)\\(.*", "$1");
    }
}
