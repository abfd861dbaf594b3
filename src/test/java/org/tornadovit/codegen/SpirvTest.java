package org.tornadovit.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tornadovit.device.Code;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.DeviceInfo.Feature;
import org.tornadovit.device.Range;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Parser;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Stmt;
import org.tornadovit.testing.RequiresDevice;

/**
 * Modules are valid, and the texts of sample kernels are those of {@code
 * src/test/resources/golden/spirv}. When they have changed on purpose, run this test once with
 * {@code -Dgolden.update=true} and look at the diff.
 */
class SpirvTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "golden", "spirv");
    private static final Set<Feature> ALL = EnumSet.allOf(Feature.class);
    private static final Set<Feature> TRANSLATED = EnumSet.complementOf(EnumSet.of(Feature.IL));

    private static final Map<String, Code> MODULES = modules();

    private static Map<String, Code> modules() {
        Spirv allowed = new Spirv(ALL, Contraction.ALLOWED);
        Spirv forbidden = new Spirv(TRANSLATED, Contraction.FORBIDDEN);
        Kernel sum = SampleKernels.localSum(64).kernel();
        Map<String, Code> modules = new TreeMap<>();
        modules.put("product", allowed.render(SampleKernels.matrixProduct(197, 768, 768).kernel()));
        modules.put(
                "product-strict", forbidden.render(SampleKernels.matrixProduct(5, 7, 3).kernel()));
        modules.put("gelu-16", allowed.render(SampleKernels.gelu(16, 4096).kernel()));
        modules.put("gelu-1", allowed.render(SampleKernels.gelu(1, 100).kernel()));
        modules.put("histogram", allowed.render(SampleKernels.histogram(1000, 10).kernel()));
        modules.put("local-sum", allowed.render(sum));
        modules.put("local-sum-range", allowed.render(sum, new Range(640, 1, 1, 64, 1, 1)));
        modules.put("transpose", allowed.render(SampleKernels.tiledTranspose(8, 64, 32).kernel()));
        modules.put("prefix-sum", allowed.render(SampleKernels.prefixSum(32).kernel()));
        modules.put(
                "product-translated",
                new Spirv(TRANSLATED, Contraction.ALLOWED)
                        .render(SampleKernels.matrixProduct(5, 7, 3).kernel()));
        modules.put("random-5", forbidden.render(RandomKernel.of(5)));
        return modules;
    }

    static List<String> names() {
        return List.copyOf(MODULES.keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void theTextIsTheGoldenOne(String name) throws IOException {
        Path file = FOLDER.resolve(name + ".spvasm");
        String text = MODULES.get(name).text();
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
                            names().stream().map(n -> n + ".spvasm").toList());
        }
    }

    @Test
    void modulesAreTheSameEachTime() {
        modules()
                .forEach((name, code) ->
                        assertThat(((Code.Binary) code).bytes())
                                .isEqualTo(((Code.Binary) MODULES.get(name)).bytes()));
    }

    @Test
    @RequiresDevice("spirv-tools")
    void modulesAreValid() throws Exception {
        List<Code> modules = new ArrayList<>(MODULES.values());
        for (long seed = 100; seed < 110; seed++) {
            modules.add(new Spirv(ALL, Contraction.ALLOWED).render(RandomKernel.of(seed)));
        }
        assertThat(SpirvTools.faults(modules)).isEmpty();
    }

    /** The lowered kernels of golden/passes: tiles, panels and vectors as the models have them. */
    @Test
    @RequiresDevice("spirv-tools")
    void modulesOfTiledKernelsAreValid() throws Exception {
        List<Code> modules = new ArrayList<>();
        try (var files = Files.list(FOLDER.resolveSibling("passes"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".txt")).sorted().toList()) {
                for (String stage : Files.readString(file).split("(?m)^stage .*\n")) {
                    if (stage.startsWith("kernel ")) {
                        Kernel kernel = Parser.parse(stage);
                        modules.add(new Spirv(ALL, Contraction.ALLOWED).render(kernel));
                        modules.add(new Spirv(TRANSLATED, Contraction.ALLOWED).render(kernel));
                    }
                }
            }
        }
        assertThat(modules).hasSizeGreaterThan(30);
        assertThat(SpirvTools.faults(modules)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("names")
    @RequiresDevice("spirv-tools")
    void theTextIsThatOfTheDisassembler(String name) throws Exception {
        assertThat(MODULES.get(name).text()).isEqualTo(SpirvTools.text(MODULES.get(name)));
    }

    @Test
    void whatADeviceLacksIsRefused() {
        Kernel kernel =
                Ir.items("twice", List.of(Ir.global("x", Scalar.F64)), Ir.seq(new Stmt.Return()));
        assertThatThrownBy(() -> new Spirv(Set.of(), Contraction.ALLOWED).render(kernel))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("double precision");
    }
}
