package org.tornadovit.device.fpga;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tornadovit.device.Code;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.Digest;
import org.tornadovit.device.FpgaVendor;

/**
 * Compiles kernels for an FPGA, each once: what was made is kept in a folder whose name tells the
 * source and the commands, so that nothing else is taken for it. The folder gets its name when
 * everything in it is whole; until then it is another one, also for other processes.
 *
 * @param vendor whose tool it is
 * @param configuration the tool, and where the folders are
 * @param mode what the tool is asked for
 * @param limit the longest that one command may take
 */
public record OfflineCompiler(
        FpgaVendor vendor, Configuration configuration, Mode mode, Duration limit) {
    /** System property: the longest that a command may take, in seconds. */
    public static final String LIMIT = "tornadovit.fpga.timeout";

    private Tool tool() {
        return Tool.of(configuration.compiler(), vendor);
    }

    /** {@return the commands, a line each, that compile the source in its folder} */
    public String script(Code code) {
        return commands(code).stream()
                .map(line -> line.stream().map(Words::quoted).collect(Collectors.joining(" ")))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private List<List<String>> commands(Code code) {
        return tool().commands(configuration, mode, code.entry());
    }

    /** {@return the folder of what is made of some code} */
    public Path folder(Code code) {
        return configuration
                .folder()
                .resolve(code.entry() + "-" + Digest.of(code.text() + script(code)));
    }

    /** {@return whether there is nothing to be compiled any more} */
    public boolean isDone(Code code) {
        return Files.isDirectory(folder(code));
    }

    /**
     * {@return what a device loads for some code; compiled now if it has not been}
     *
     * @throws DeviceException when there is no such program, it takes too long or leaves no file
     * @throws org.tornadovit.device.CompileException when it refuses the code
     */
    public Code compile(Code code) {
        try {
            if (!isDone(code)) {
                make(code);
            }
        } catch (IOException e) {
            throw new DeviceException(
                    "Cannot write to the folder %s of compiled kernels (%s); DIRECTORY_BITSTREAM in"
                                    .formatted(configuration.folder(), e.getMessage())
                            + " the file of -D%s names another.".formatted(Configuration.PROPERTY),
                    e);
        }
        if (mode == Mode.REPORT) {
            throw new DeviceException(
                    "Reports of kernel '%s' are in %s, and nothing that runs; leave out -D%s=%s."
                            .formatted(code.entry(), folder(code), Mode.PROPERTY, mode.label()));
        }
        return load(folder(code).resolve(tool().file(code.entry())), code.entry());
    }

    /**
     * {@return a file that an offline compiler made, as code}
     *
     * @param entry the kernel in it
     * @throws DeviceException when it cannot be read or is empty
     */
    public static Code load(Path file, String entry) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length > 0) {
                return new Code.Binary(entry, Code.BITSTREAM, "bitstream " + file, bytes);
            }
            throw new DeviceException(
                    "The bitstream %s is empty; delete its folder and compile it anew."
                            .formatted(file));
        } catch (IOException e) {
            throw new DeviceException(
                    "Cannot read the bitstream %s of kernel '%s' (%s)."
                            .formatted(file, entry, e.getMessage()),
                    e);
        }
    }

    private void make(Code code) throws IOException {
        Path whole = folder(code);
        Files.createDirectories(configuration.folder());
        String name = "." + whole.getFileName() + "-";
        Path part = Files.createTempDirectory(configuration.folder(), name);
        boolean made = false;
        try {
            Files.writeString(part.resolve(Tool.source(code.entry())), code.text());
            Files.writeString(part.resolve("commands.sh"), script(code));
            for (List<String> line : commands(code)) {
                new Command(line, part, limit).run(code);
            }
            if (mode != Mode.REPORT) {
                force(part.resolve(tool().file(code.entry())), code);
            }
            made = true;
        } finally {
            if (!made) {
                Path failed = whole.resolveSibling(whole.getFileName() + ".failed");
                delete(failed);
                Files.move(part, failed);
            }
        }
        try {
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            delete(part);
            if (!isDone(code)) { // else another process was first
                throw e;
            }
        }
    }

    private void force(Path file, Code code) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) == 0) {
            throw new DeviceException(
                    "%s ended well at kernel '%s' but left no %s."
                            .formatted(configuration.compiler(), code.entry(), file.getFileName()));
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
