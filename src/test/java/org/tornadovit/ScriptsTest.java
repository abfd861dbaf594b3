package org.tornadovit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shell scripts parse, and tell one JDK from another by its {@code release} file. */
class ScriptsTest {
    private static final String FIND_JDK = ". scripts/find-jdk.sh; ";

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "'JAVA_VERSION=\"25.0.3\"', 25",
        "'JAVA_VERSION=\"25\"', 25",
        "'JAVA_VERSION=\"26-ea\"', 26",
        "'JAVA_VERSION=\"17.0.15\"', 17",
        "'JAVA_VERSION=\"1.8.0_402\"', 1",
        "'JAVA_VERSION=\"unknown\"', ''",
        "'IMPLEMENTOR=\"Debian\"', ''",
    })
    void aJdkIsKnownByItsReleaseFile(String release, String version) throws Exception {
        jdk(folder, release);
        assertThat(bash(FIND_JDK + "jdk_version '" + folder + "'")).isEqualTo(version);
    }

    @Test
    void aFolderWithoutCompilerIsNoJdk() throws Exception {
        Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"25\"\n");
        assertThat(bash(FIND_JDK + "jdk_version '" + folder + "'")).isEmpty();
    }

    @Test
    void javaHomeIsTakenWhenNewEnough() throws Exception {
        jdk(folder, "JAVA_VERSION=\"99.0.1\"");
        String script = "JAVA_HOME='" + folder + "'; " + FIND_JDK + "echo $JAVA_HOME";
        assertThat(bash(script)).isEqualTo(folder.toString());
    }

    @Test
    void scriptsParse() throws Exception {
        try (Stream<Path> scripts =
                Stream.concat(Files.list(Path.of("scripts")), Stream.of(Path.of(".ci", "run")))) {
            for (Path script : scripts.toList()) {
                if (Files.readAllLines(script).getFirst().contains("bash")) {
                    assertThat(bash("bash -n " + script)).as("%s", script).isEmpty();
                }
            }
        }
    }

    private static void jdk(Path folder, String release) throws IOException {
        Path compiler = Files.createDirectories(folder.resolve("bin")).resolve("javac");
        assertThat(Files.createFile(compiler).toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("release"), "IMPLEMENTOR=\"x\"\n" + release + "\n");
    }

    private static String bash(String script) throws Exception {
        Process process =
                new ProcessBuilder(List.of("bash", "-uc", script))
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes()).strip();
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
