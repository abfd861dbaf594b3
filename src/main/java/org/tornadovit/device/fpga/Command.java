package org.tornadovit.device.fpga;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.tornadovit.device.Code;
import org.tornadovit.device.CompileException;
import org.tornadovit.device.DeviceException;

/**
 * A run of an offline compiler. What it says goes to {@code output.log} and {@code error.log}.
 *
 * @param line the program and its arguments
 * @param folder where it runs
 * @param limit the longest that it may take
 */
record Command(List<String> line, Path folder, Duration limit) {
    private static final String OUTPUT = "output.log";
    private static final String ERRORS = "error.log";
    private static final int SHOWN_CHARACTERS = 4000;

    Command {
        line = List.copyOf(line);
    }

    /** Runs it; returns when it has ended well. */
    void run(Code code) throws IOException {
        Process process = start(code);
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new DeviceException(
                        "%s does not end within %d s at kernel '%s'; -D%s=SECONDS gives it longer."
                                .formatted(
                                        program(),
                                        limit.toSeconds(),
                                        code.entry(),
                                        OfflineCompiler.LIMIT));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeviceException(
                    "The thread was interrupted while %s compiled kernel '%s'; execute again."
                            .formatted(program(), code.entry()),
                    e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new CompileException(
                    "%s ended with %d at kernel '%s':"
                            .formatted(program(), process.exitValue(), code.entry()),
                    code.text(),
                    said());
        }
    }

    private Process start(Code code) throws IOException {
        try {
            return new ProcessBuilder(line)
                    .directory(folder.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(file(OUTPUT)))
                    .redirectError(ProcessBuilder.Redirect.appendTo(file(ERRORS)))
                    .start();
        } catch (IOException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
            throw new DeviceException(
                    "There is no offline compiler %s for kernel '%s'; run its vendor's script of"
                                    .formatted(program(), code.entry())
                            + " settings first, or name it by COMPILER in the file of -D%s."
                                    .formatted(Configuration.PROPERTY),
                    e);
        }
    }

    private java.io.File file(String name) {
        return folder.resolve(name).toFile();
    }

    private String program() {
        return line.getFirst();
    }

    /** The end of what it said, errors before the rest. */
    private String said() throws IOException {
        String errors = Files.readString(folder.resolve(ERRORS), StandardCharsets.UTF_8).strip();
        String all =
                errors.isEmpty()
                        ? Files.readString(folder.resolve(OUTPUT), StandardCharsets.UTF_8).strip()
                        : errors;
        return all.substring(Math.max(0, all.length() - SHOWN_CHARACTERS));
    }
}
