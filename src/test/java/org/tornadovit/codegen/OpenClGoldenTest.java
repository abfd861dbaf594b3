package org.tornadovit.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tornadovit.device.DeviceInfo.Feature;
import org.tornadovit.device.Range;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Stmt;

/**
 * The texts of sample kernels are those of {@code src/test/resources/golden/opencl}. When they have
 * changed on purpose, run this test once with {@code -Dgolden.update=true} and look at the diff.
 */
class OpenClGoldenTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "golden", "opencl");
    private static final Set<Feature> ALL = EnumSet.allOf(Feature.class);

    private static final Map<String, String> TEXTS = texts();

    private static Map<String, String> texts() {
        OpenClC allowed = new OpenClC(ALL, Contraction.ALLOWED);
        OpenClC forbidden = new OpenClC(ALL, Contraction.FORBIDDEN);
        Kernel sum = SampleKernels.localSum(64).kernel();
        Kernel early =
                sum.withBody(
                        Ir.seq(
                                Ir.when(
                                        Ir.binary(
                                                org.tornadovit.ir.BinaryOp.GE,
                                                Ir.globalId(0),
                                                Ir.i(100)),
                                        new Stmt.Return()),
                                sum.body()));
        Map<String, String> texts = new TreeMap<>();
        texts.put("product", text(allowed, SampleKernels.matrixProduct(197, 768, 768).kernel()));
        texts.put("product-strict", text(forbidden, SampleKernels.matrixProduct(5, 7, 3).kernel()));
        texts.put("gelu-16", text(allowed, SampleKernels.gelu(16, 4096).kernel()));
        texts.put("gelu-1", text(allowed, SampleKernels.gelu(1, 100).kernel()));
        texts.put("histogram", text(allowed, SampleKernels.histogram(1000, 10).kernel()));
        texts.put("local-sum", text(allowed, sum));
        texts.put("local-sum-range", allowed.render(sum, new Range(640, 1, 1, 64, 1, 1)).text());
        texts.put("local-sum-early-return", text(allowed, early));
        texts.put("transpose", text(allowed, SampleKernels.tiledTranspose(8, 64, 32).kernel()));
        texts.put("prefix-sum", text(allowed, SampleKernels.prefixSum(32).kernel()));
        texts.put("random-5", text(forbidden, RandomKernel.of(5)));
        return texts;
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
    void textsAreTheSameEachTime() {
        assertThat(texts()).isEqualTo(TEXTS);
    }

    private static String text(OpenClC renderer, Kernel kernel) {
        return renderer.render(kernel).text();
    }
}
