package org.tornadovit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A machine on which OpenCL is not there or broken: the program says so, and works without. */
@EnabledOnOs(OS.LINUX)
class AbsentDevicesTest {
    @TempDir Path directory;

    /** What the program said on standard output and on standard error. */
    private record Said(String out, String err) {}

    private Said run(Map<String, String> environment, String... arguments) throws Exception {
        Path errors = directory.resolve("err.txt");
        ProcessBuilder builder =
                Processes.program((Object[]) arguments).redirectError(errors.toFile());
        builder.environment().remove("OCL_ICD_FILENAMES");
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return new Said(output, Files.readString(errors));
    }

    @Test
    void aBackendThatIsNotThereHasAReason() throws Exception {
        Map<String, String> noDriver = Map.of("OCL_ICD_VENDORS", directory.toString());
        Said json = run(noDriver, "devices", "--json");
        assertThat(JsonMapper.shared().readTree(json.out()))
                .extracting(device -> device.get("name").asString())
                .containsExactly("jvm");
        assertThat(json.err().lines())
                .anyMatch(line -> line.matches("opencl +none: .*OpenCL.*apt-get install.*"));
        assertThat(run(noDriver, "devices").out().lines())
                .anyMatch(line -> line.startsWith("jvm "))
                .anyMatch(line -> line.matches("opencl +none: .*apt-get install.*"));
    }

    @Test
    void aLibraryThatIsNoLoaderHidesOnlyItsOwnDevices() throws IOException, Exception {
        Path other = Path.of(System.getProperty("java.home"), "lib", "libjimage.so");
        Files.copy(other, directory.resolve("libOpenCL.so.1"));
        Files.copy(other, directory.resolve("libOpenCL.so"));
        Said json = run(Map.of("LD_LIBRARY_PATH", directory.toString()), "devices", "--json");
        assertThat(json.err().lines()).anyMatch(line -> line.matches("opencl .*cannot be used.*"));
    }
}
