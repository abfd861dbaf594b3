package org.tornadovit.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tornadovit.device.Code;
import org.tornadovit.device.fpga.OfflineCompiler;
import uk.ac.manchester.tornado.api.common.Access;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/**
 * A kernel that exists as a file.
 *
 * @param entry its name in the file
 * @param file where it is; the file's name ends in {@code .cl}, {@code .ptx}, {@code .spv}, {@code
 *     .aocx} or {@code .xclbin}
 * @param accesses how it uses each argument
 * @param atomics the first contents of its counters
 */
record PrebuiltKernel(String entry, Path file, List<Access> accesses, List<Integer> atomics) {
    private static final Map<String, String> LANGUAGES =
            Map.of(
                    "cl",
                    "opencl-c",
                    "ptx",
                    "ptx",
                    "spv",
                    "spirv",
                    "aocx",
                    Code.BITSTREAM,
                    "xclbin",
                    Code.BITSTREAM);

    PrebuiltKernel {
        accesses = List.copyOf(accesses);
        atomics = List.copyOf(atomics);
    }

    /** {@return the language, by the end of the file's name} */
    String language() {
        String name = file.toString();
        String language = LANGUAGES.get(name.substring(name.lastIndexOf('.') + 1));
        if (language == null) {
            throw new TornadoRuntimeException(
                    "prebuilt kernel "
                            + entry
                            + ": the language of "
                            + file
                            + " is unknown; let the file's name end in .cl, .ptx, .spv, .aocx or"
                            + " .xclbin");
        }
        return language;
    }

    /**
     * {@return the code}
     *
     * @throws TornadoRuntimeException when the file cannot be read
     */
    Code code() {
        String language = language();
        if (language.equals(Code.BITSTREAM)) {
            return OfflineCompiler.load(file, entry);
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            return language.equals("spirv")
                    ? new Code.Binary(entry, language, "SPIR-V of " + file, bytes)
                    : new Code.Text(entry, language, new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new TornadoRuntimeException(
                    "prebuilt kernel " + entry + ": cannot read the file " + file);
        }
    }
}
