package org.tornadovit.codegen;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tornadovit.device.Code;

/** The tools of the package spirv-tools. */
final class SpirvTools {
    private SpirvTools() {}

    /** {@return what the validator finds wrong with modules for OpenCL 1.2, each by its name} */
    static List<String> faults(List<Code> modules) throws IOException, InterruptedException {
        List<String> faults = new ArrayList<>();
        for (Code module : modules) {
            String output = run(module, "spirv-val", "--target-env", "opencl1.2");
            if (!output.isBlank()) {
                faults.add(module.entry() + ": " + output + "\n" + module.text());
            }
        }
        return faults;
    }

    /** {@return the text of a module as the tool writes it} */
    static String text(Code module) throws IOException, InterruptedException {
        return run(module, "spirv-dis", "--raw-id");
    }

    private static String run(Code module, String... command)
            throws IOException, InterruptedException {
        Path file = Files.createTempFile("module", ".spv");
        try {
            Files.write(file, ((Code.Binary) module).bytes());
            List<String> all = new ArrayList<>(List.of(command));
            all.add(file.toString());
            Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return output;
        } finally {
            Files.delete(file);
        }
    }
}
