package org.tornadovit.passes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Interpreter;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Parser;
import org.tornadovit.ir.Printer;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Verifier;

/**
 * What the pipeline makes of kernels of the models: the texts of {@code
 * src/test/resources/golden/passes}. A {@code .kernel} there is what the front end gives; the other
 * files are the stages for a target. When they have changed on purpose, run this test once with
 * {@code -Dgolden.update=true} and look at the diff.
 */
class PipelineGoldenTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "golden", "passes");

    private static final Map<String, Target> TARGETS =
            new TreeMap<>(
                    Map.of(
                            "scalar",
                            Target.SCALAR,
                            "circuit",
                            Target.circuit(true),
                            "8-lanes",
                            new Target(8, 16, 2, false),
                            "16-lanes",
                            new Target(16, 32, 2, true)));

    /**
     * A kernel with sizes as models have them, and odd small ones to run it with.
     *
     * @param real values of the integer parameters, in order
     * @param small the same for a run
     * @param length of every array in the run
     * @param constants arrays that the device keeps
     */
    private record Sample(
            String name,
            List<Integer> real,
            List<Integer> small,
            int length,
            Set<String> constants) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Sample> SAMPLES =
            List.of(
                    new Sample(
                            "linearGelu",
                            List.of(197, 192, 768),
                            List.of(7, 5, 37),
                            260,
                            Set.of("w", "b")),
                    new Sample(
                            "scores",
                            List.of(2, 197, 3, 64),
                            List.of(2, 19, 3, 5),
                            2 * 3 * 19 * 19,
                            Set.of()),
                    new Sample(
                            "weightedSum",
                            List.of(2, 197, 3, 64),
                            List.of(2, 19, 3, 5),
                            2 * 3 * 19 * 19,
                            Set.of()),
                    new Sample(
                            "convolution",
                            List.of(1, 58, 58, 64, 56, 56, 64, 3, 1),
                            List.of(2, 9, 9, 3, 4, 4, 11, 3, 2),
                            486,
                            Set.of("w")),
                    new Sample("softmax", List.of(591, 197), List.of(3, 21), 63, Set.of()),
                    new Sample(
                            "layerNorm",
                            List.of(197, 192),
                            List.of(3, 21),
                            63,
                            Set.of("gamma", "beta")));

    private static Kernel kernel(Sample sample) throws IOException {
        return Parser.parse(Files.readString(FOLDER.resolve(sample.name() + ".kernel")));
    }

    private static Pipeline.Task task(
            Kernel kernel, Sample sample, List<Integer> values, int length) {
        Map<Var, Const> scalars = new HashMap<>();
        int next = 0;
        for (Param param : kernel.params()) {
            if (param instanceof Param.OfScalar(var v)) {
                boolean integer = v.type().equals(Type.I32);
                scalars.put(v, integer ? Const.i32(values.get(next++)) : Const.f32(0.125f));
            }
        }
        Set<Array> constants = new HashSet<>();
        sample.constants().forEach(name -> constants.add(Texts.array(kernel, name)));
        return new Pipeline.Task(scalars, Texts.lengths(kernel, length), constants);
    }

    private static String text(Lowering lowering) {
        StringBuilder out = new StringBuilder();
        lowering.scratch()
                .forEach((a, n) -> out.append("scratch %s %s[%d]%n".formatted(a.element(), a, n)));
        for (Lowering.Stage stage : lowering.stages()) {
            String when = stage.when().name().toLowerCase(java.util.Locale.ROOT);
            out.append("stage %s, grid %s%n".formatted(when, stage.grid()));
            out.append(Printer.print(stage.kernel()));
        }
        return out.toString();
    }

    static List<Sample> samples() {
        return SAMPLES;
    }

    private static String file(Sample sample, String target) {
        return sample.name() + "." + target + ".txt";
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theStagesAreTheGoldenOnes(Sample sample) throws IOException {
        for (Map.Entry<String, Target> target : TARGETS.entrySet()) {
            Kernel kernel = kernel(sample);
            Pipeline.Task task = task(kernel, sample, sample.real(), 10_000_000);
            String text =
                    text(
                            Pipeline.lower(
                                    kernel, task, target.getValue(), (_, k) -> Verifier.verify(k)));
            Path file = FOLDER.resolve(file(sample, target.getKey()));
            if (Boolean.getBoolean("golden.update")) {
                Files.writeString(file, text);
            }
            assertThat(text).isEqualTo(Files.readString(file));
        }
    }

    @Test
    void noGoldenTextIsWithoutItsKernel() throws IOException {
        List<String> expected =
                SAMPLES.stream()
                        .flatMap(s ->
                                Stream.concat(
                                        Stream.of(s.name() + ".kernel"),
                                        TARGETS.keySet().stream().map(t -> file(s, t))))
                        .toList();
        try (var files = Files.list(FOLDER)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theStagesDoWhatTheKernelDoes(Sample sample) throws IOException {
        Kernel kernel = kernel(sample);
        Pipeline.Task task = task(kernel, sample, sample.small(), sample.length());
        Map<Array, MemorySegment> expected = memory(kernel, sample.length());
        Interpreter.run(kernel, expected, task.scalars());
        for (Target target :
                List.of(
                        new Target(1, 16, 2, false),
                        new Target(4, 16, 2, false),
                        new Target(8, 16, 2, false),
                        new Target(16, 16, 2, false),
                        Target.circuit(false))) {
            Lowering lowering = Pipeline.lower(kernel, task, target);
            Map<Array, MemorySegment> actual = memory(kernel, sample.length());
            lowering.scratch()
                    .forEach((a, n) ->
                            actual.put(
                                    a,
                                    Arena.ofAuto()
                                            .allocate(n * a.element().bytes(), 64)
                                            .fill((byte) 0x7f)));
            lowering.stages().forEach(s -> Interpreter.run(s.kernel(), actual, Map.of()));
            expected.forEach((array, bytes) ->
                    assertThat(bytes.mismatch(actual.get(array)))
                            .as("%s for %s", array, target)
                            .isEqualTo(-1));
        }
    }

    private static Map<Array, MemorySegment> memory(Kernel kernel, int length) {
        Random random = new Random(5);
        Map<Array, MemorySegment> memory = new HashMap<>();
        for (Array array : kernel.arrays()) {
            MemorySegment segment = Arena.ofAuto().allocate(4L * length, 64);
            for (int i = 0; i < length; i++) {
                segment.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextGaussian());
            }
            memory.put(array, segment);
        }
        return memory;
    }
}
