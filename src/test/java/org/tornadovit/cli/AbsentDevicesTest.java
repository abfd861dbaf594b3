package org.tornadovit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A machine on which OpenCL is not there or broken: the program says so, and works without. */
@EnabledOnOs(OS.LINUX)
class AbsentDevicesTest {
    @TempDir Path directory;

    private String run(Map<String, String> environment, String... arguments) throws Exception {
        ProcessBuilder builder = Processes.program((Object[]) arguments);
        builder.environment().remove("OCL_ICD_FILENAMES");
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return output;
    }

    private static JsonNode opencl(String json) {
        return StreamSupport.stream(JsonMapper.shared().readTree(json).spliterator(), false)
                .filter(d -> d.path("backend").asString("").equals("opencl"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(json));
    }

    @Test
    void aBackendThatIsNotThereHasAReason() throws Exception {
        Map<String, String> noDriver = Map.of("OCL_ICD_VENDORS", directory.toString());
        String json = run(noDriver, "devices", "--json");
        assertThat(JsonMapper.shared().readTree(json).get(0).get("name").asString())
                .isEqualTo("jvm");
        assertThat(opencl(json).get("name").asString()).isEmpty();
        assertThat(opencl(json).get("reason").asString())
                .contains("OpenCL")
                .contains("apt-get install");
        assertThat(run(noDriver, "devices").lines())
                .anyMatch(line -> line.startsWith("jvm "))
                .anyMatch(line -> line.matches("opencl +none: .*apt-get install.*"));
    }

    @Test
    void aLibraryThatIsNoLoaderHidesOnlyItsOwnDevices() throws IOException, Exception {
        Path other = Path.of(System.getProperty("java.home"), "lib", "libjimage.so");
        Files.copy(other, directory.resolve("libOpenCL.so.1"));
        Files.copy(other, directory.resolve("libOpenCL.so"));
        String json = run(Map.of("LD_LIBRARY_PATH", directory.toString()), "devices", "--json");
        assertThat(opencl(json).get("reason").asString()).contains("cannot be used");
    }
}
