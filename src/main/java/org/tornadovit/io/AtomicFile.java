package org.tornadovit.io;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a whole file or none: the content goes to a temporary file in the same folder, is forced
 * to the disk and then renamed. When anything fails, a full disk for example, the temporary file is
 * removed and an older file of that name stays as it was.
 */
public final class AtomicFile {

    /** Writes the content of one file. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything to {@code channel}, which stays open and is positioned at the end. */
        void writeTo(FileChannel channel) throws IOException;
    }

    private static final int CHUNK = 1 << 20;

    private AtomicFile() {}

    /**
     * Writes {@code content} to {@code file}; the folder of {@code file} is made when missing.
     *
     * @throws InputException when the file cannot be written; nothing is left behind
     */
    public static void write(Path file, Content content) {
        try {
            Path absolute = file.toAbsolutePath();
            Path folder = absolute.getParent();
            Path name = absolute.getFileName();
            if (folder == null || name == null || Files.isDirectory(absolute)) {
                throw new InputException("Cannot write %s: it is a folder.".formatted(file));
            }
            Files.createDirectories(folder);
            Path temporary =
                    folder.resolve(
                            ".%s.%d-%d.part"
                                    .formatted(
                                            name,
                                            ProcessHandle.current().pid(),
                                            Thread.currentThread().threadId()));
            try {
                writeAndForce(temporary, content);
                rename(temporary, absolute);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new InputException("Cannot write %s: %s.".formatted(file, reason(e)), e);
        }
    }

    /** Writes {@code text} in UTF-8. See {@link #write}. */
    public static void writeText(Path file, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        write(file, channel -> writeFully(channel, ByteBuffer.wrap(bytes)));
    }

    /** Writes all that remains in {@code buffer}. */
    public static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Writes all of {@code segment}, whatever its length and kind. */
    public static void writeFully(FileChannel channel, MemorySegment segment) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
        for (long at = 0; at < segment.byteSize(); at += CHUNK) {
            int length = (int) Math.min(CHUNK, segment.byteSize() - at);
            buffer.clear().limit(length);
            MemorySegment.copy(segment, at, MemorySegment.ofBuffer(buffer), 0, length);
            writeFully(channel, buffer);
        }
    }

    private static void writeAndForce(Path temporary, Content content) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        temporary,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            content.writeTo(channel);
            channel.force(true);
        }
    }

    private static void rename(Path temporary, Path file) throws IOException {
        try {
            Files.move(
                    temporary,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** {@return the system's reason of {@code e} without the path, which the caller names} */
    static String reason(IOException e) {
        if (e instanceof java.nio.file.NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof java.nio.file.AccessDeniedException) {
            return "access is denied";
        }
        if (e instanceof java.nio.file.FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
