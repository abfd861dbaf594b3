package org.tornadovit.codegen;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tornadovit.device.Code;

/** The assembler of PTX. */
public final class PtxTools {
    private PtxTools() {}

    /** {@return what the assembler says of registers and spills} */
    public static String report(Code code, String architecture)
            throws IOException, InterruptedException {
        Path file = Files.createTempFile("kernel", ".ptx");
        try {
            Files.writeString(file, code.text());
            Process process =
                    new ProcessBuilder(
                                    "ptxas",
                                    "-v",
                                    "-arch=" + architecture,
                                    "-o",
                                    "/dev/null",
                                    file.toString())
                            .redirectErrorStream(true)
                            .start();
            byte[] said = process.getInputStream().readAllBytes();
            process.waitFor();
            return new String(said, StandardCharsets.UTF_8);
        } finally {
            Files.delete(file);
        }
    }

    /** {@return what the assembler finds wrong with texts, each by its name} */
    public static List<String> faults(List<Code> codes, String architecture)
            throws IOException, InterruptedException {
        List<String> faults = new ArrayList<>();
        for (Code code : codes) {
            Path file = Files.createTempFile("kernel", ".ptx");
            try {
                Files.writeString(file, code.text());
                Process process =
                        new ProcessBuilder(
                                        "ptxas",
                                        "-arch=" + architecture,
                                        "-O1",
                                        "-o",
                                        "/dev/null",
                                        file.toString())
                                .redirectErrorStream(true)
                                .start();
                byte[] said = process.getInputStream().readAllBytes();
                if (process.waitFor() != 0) {
                    faults.add(code.entry() + ": " + new String(said, StandardCharsets.UTF_8));
                }
            } finally {
                Files.delete(file);
            }
        }
        return faults;
    }
}
