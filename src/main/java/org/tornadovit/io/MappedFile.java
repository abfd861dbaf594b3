package org.tornadovit.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Maps whole files into memory, read-only. */
final class MappedFile {
    private MappedFile() {}

    /** {@return all bytes of {@code file}, mapped until {@code arena} is closed} */
    static MemorySegment map(Path file, Arena arena) {
        if (Files.isDirectory(file)) {
            throw new CheckpointException(file + " is a folder, not a file.");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        } catch (IOException e) {
            throw new CheckpointException(
                    "Cannot read %s: %s.".formatted(file, AtomicFile.reason(e)), e);
        }
    }
}
