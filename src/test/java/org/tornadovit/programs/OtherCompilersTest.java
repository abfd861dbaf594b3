package org.tornadovit.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.testing.TestRun;

/**
 * Programs that other compilers made, against the API as TornadoVM has it (its tasks are not
 * serializable), mean what Java means: class files that users have already. They run on the JVM and
 * on the interpreter.
 */
class OtherCompilersTest {
    private static final Path SOURCES = Path.of("src", "test", "java");
    private static final Path TASKS =
            Path.of("src/main/java/uk/ac/manchester/tornado/api/common/TornadoFunctions.java");

    /** The sources that are compiled, by packages: all that hold kernels and tasks. */
    private static final Map<String, List<String>> COMPILED =
            Map.of(
                    "frontend",
                    List.of(
                            "ApiKernels",
                            "BranchKernels",
                            "CallKernels",
                            "ExpressionKernels",
                            "ItemKernels",
                            "LoopKernels",
                            "ProgramKernels",
                            "ReduceKernels",
                            "VectorKernels"),
                    "programs",
                    List.of(
                            "GroupKernels",
                            "ImageKernels",
                            "JavaKernels",
                            "LanguageModel",
                            "LinearAlgebra",
                            "PlanPrograms",
                            "Simulations"),
                    "runtime",
                    List.of("FieldsTest", "FormsTest"));

    private static final List<String> TESTS =
            List.of(
                    "frontend.ConstructsTest",
                    "frontend.ItemKernelsTest",
                    "frontend.ReductionsTest",
                    "frontend.VectorKernelsTest",
                    "programs.CasesTest",
                    "programs.ProgramsOnDevicesTest",
                    "runtime.FieldsTest",
                    "runtime.FormsTest");

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javac -g:none",
                "javac --release 21 -g",
                "eclipse --release 25 -g:none",
                "eclipse --release 21 -g -preserveAllLocals"
            })
    void programsMeanWhatJavaMeans(String command) throws Exception {
        List<String> words = List.of(command.split(" "));
        JavaCompiler compiler =
                words.getFirst().equals("javac") ? ToolProvider.getSystemJavaCompiler() : eclipse();
        Path classes = Files.createDirectory(folder.resolve("classes"));
        List<String> arguments = new ArrayList<>(words.subList(1, words.size()));
        arguments.addAll(
                List.of("-d", classes + "", "-cp", tasks() + File.pathSeparator + classPath()));
        COMPILED.forEach((name, files) ->
                files.forEach(file ->
                        arguments.add(
                                SOURCES.resolve("org", "tornadovit", name, file + ".java")
                                        .toString())));
        compile(compiler, arguments);
        String output = tests(classes);
        assertThat(output).contains(" passed, 0 failed, ").doesNotContain("FAILED");
    }

    private static JavaCompiler eclipse() {
        return ServiceLoader.load(JavaCompiler.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(c -> c.getClass().getName().startsWith("org.eclipse."))
                .findFirst()
                .orElseThrow();
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    /** {@return a folder with the interfaces of tasks, not serializable} */
    private Path tasks() throws IOException {
        Path source = folder.resolve(TASKS.getFileName());
        String text = Files.readString(TASKS);
        Files.writeString(source, text.replace(" extends Serializable", ""));
        Path classes = Files.createDirectory(folder.resolve("tasks"));
        compile(
                ToolProvider.getSystemJavaCompiler(),
                List.of("-d", classes + "", "-cp", classPath(), source + ""));
        return classes;
    }

    private static void compile(JavaCompiler compiler, List<String> arguments) {
        List<String> options = new ArrayList<>(List.of("-nowarn", "-proc:none"));
        List<String> files = new ArrayList<>();
        arguments.forEach(a -> (a.endsWith(".java") ? files : options).add(a));
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            var sources = manager.getJavaFileObjects(files.toArray(String[]::new));
            boolean done = compiler.getTask(messages, null, null, options, null, sources).call();
            assertThat(done).as(messages::toString).isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tests(Path classes) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--add-modules=jdk.incubator.vector",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Dtornadovit.test.devices=jvm",
                                "-cp",
                                classes + File.pathSeparator + classPath(),
                                TestRun.class.getName()));
        TESTS.forEach(test -> command.add("org.tornadovit." + test));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
