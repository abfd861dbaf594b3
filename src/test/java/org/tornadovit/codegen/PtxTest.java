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
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.codegen.ptx.Architecture;
import org.tornadovit.device.Code;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.DeviceInfo.Feature;
import org.tornadovit.device.Range;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Function;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Parser;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Stmt;
import org.tornadovit.testing.RequiresDevice;

/**
 * Texts assemble, and those of sample kernels are those of {@code src/test/resources/golden/ptx}.
 * When they have changed on purpose, run this test once with {@code -Dgolden.update=true} and look
 * at the diff.
 */
class PtxTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "golden", "ptx");
    private static final Set<Feature> ALL = EnumSet.allOf(Feature.class);
    private static final Map<String, Code> TEXTS = texts();

    private static Ptx renderer(String architecture, Contraction contraction) {
        return new Ptx(Architecture.of(architecture), ALL, contraction);
    }

    private static Map<String, Code> texts() {
        Ptx allowed = renderer("sm_90", Contraction.ALLOWED);
        Ptx forbidden = renderer("sm_75", Contraction.FORBIDDEN);
        Kernel sum = SampleKernels.localSum(64).kernel();
        Map<String, Code> texts = new TreeMap<>();
        texts.put("product", allowed.render(SampleKernels.matrixProduct(197, 768, 768).kernel()));
        texts.put(
                "product-strict", forbidden.render(SampleKernels.matrixProduct(5, 7, 3).kernel()));
        texts.put("gelu-1", allowed.render(SampleKernels.gelu(1, 100).kernel()));
        texts.put("histogram", allowed.render(SampleKernels.histogram(1000, 10).kernel()));
        texts.put("local-sum", allowed.render(sum));
        texts.put("local-sum-range", allowed.render(sum, new Range(640, 1, 1, 64, 1, 1)));
        texts.put("transpose", allowed.render(SampleKernels.tiledTranspose(8, 64, 32).kernel()));
        texts.put("prefix-sum", allowed.render(SampleKernels.prefixSum(32).kernel()));
        texts.put("random-5", forbidden.render(RandomKernel.of(5)));
        return texts;
    }

    static List<String> names() {
        return List.copyOf(TEXTS.keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void theTextIsTheGoldenOne(String name) throws IOException {
        Path file = FOLDER.resolve(name + ".ptx");
        String text = TEXTS.get(name).text();
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
                            names().stream().map(n -> n + ".ptx").toList());
        }
    }

    @Test
    void textsAreTheSameEachTime() {
        assertThat(texts()).isEqualTo(TEXTS);
    }

    /**
     * The sample kernels, random ones, every function, and the lowered kernels of golden/passes.
     */
    @ParameterizedTest
    @ValueSource(strings = {"sm_75", "sm_80", "sm_90"})
    @RequiresDevice("ptxas")
    void kernelsAssemble(String architecture) throws Exception {
        Ptx renderer = renderer(architecture, Contraction.ALLOWED);
        List<Code> codes = new ArrayList<>();
        codes.add(renderer.render(SampleKernels.matrixProduct(197, 768, 768).kernel()));
        codes.add(renderer.render(SampleKernels.gelu(16, 4096).kernel()));
        codes.add(renderer.render(SampleKernels.histogram(1000, 10).kernel()));
        codes.add(renderer.render(SampleKernels.localSum(64).kernel()));
        codes.add(renderer.render(SampleKernels.tiledTranspose(8, 64, 32).kernel()));
        codes.add(renderer.render(functions(Scalar.F32)));
        codes.add(renderer.render(functions(Scalar.F64)));
        codes.add(renderer.render(functions(Scalar.BF16)));
        for (long seed = 100; seed < 104; seed++) {
            codes.add(renderer.render(RandomKernel.of(seed)));
        }
        if (architecture.equals("sm_90")) {
            codes.addAll(lowered(renderer));
        }
        assertThat(PtxTools.faults(codes, architecture)).isEmpty();
    }

    private static List<Code> lowered(Ptx renderer) throws IOException {
        List<Code> codes = new ArrayList<>();
        try (var files = Files.list(FOLDER.resolveSibling("passes"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".txt")).sorted().toList()) {
                for (String stage : Files.readString(file).split("(?m)^stage .*\n")) {
                    if (stage.startsWith("kernel ") && !stage.contains("x16")) {
                        codes.add(renderer.render(Parser.parse(stage)));
                    }
                }
            }
        }
        return codes;
    }

    private static Kernel functions(Scalar scalar) {
        var x = Ir.global("x", scalar);
        List<Stmt> body = new ArrayList<>();
        for (Function function : Function.values()) {
            if (function != Function.POPCOUNT && function != Function.MULHI) {
                Expr[] operands = new Expr[function.arity()];
                for (int i = 0; i < operands.length; i++) {
                    operands[i] = Ir.load(x, Ir.i(i));
                }
                body.add(Ir.store(x, Ir.i(body.size()), Ir.call(function, operands)));
            }
        }
        return Ir.items("functions", List.of(x), new Stmt.Sequence(body));
    }

    @Test
    void architecturesHaveTheirVersions() {
        assertThat(Architecture.of("sm_75").version()).isEqualTo("6.3");
        assertThat(Architecture.of("sm_90a").version()).isEqualTo("8.0");
        assertThatThrownBy(() -> Architecture.of("sm_61")).hasMessageContaining("too old");
        assertThatThrownBy(() -> Architecture.of("gfx90a")).hasMessageContaining("sm_90");
    }

    @Test
    void whatADeviceLacksIsRefused() {
        Kernel kernel =
                Ir.items("twice", List.of(Ir.global("x", Scalar.F64)), Ir.seq(new Stmt.Return()));
        Ptx renderer = new Ptx(Architecture.of("sm_90"), Set.of(), Contraction.ALLOWED);
        assertThatThrownBy(() -> renderer.render(kernel))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("double precision");
    }
}
