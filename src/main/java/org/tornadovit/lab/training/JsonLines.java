package org.tornadovit.lab.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tornadovit.io.AtomicFile;
import org.tornadovit.lab.LabException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file of JSON objects, one a line, that is only appended to. A last line torn by a crash is
 * dropped when the file is opened. One process at a time holds a file.
 */
final class JsonLines implements AutoCloseable {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Path file;
    private final FileChannel channel;
    private final List<JsonNode> lines = new ArrayList<>();

    private JsonLines(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** {@return an empty object} */
    static ObjectNode node() {
        return MAPPER.createObjectNode();
    }

    /**
     * Opens a file, creating it if there is none.
     *
     * @param kept which of its lines are kept, from the first on; the rest is cut off
     * @throws LabException when a line is no JSON or the file is in use
     */
    static JsonLines open(Path file, Predicate<JsonNode> kept) {
        try {
            FileChannel channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            JsonLines opened = new JsonLines(file, channel);
            try {
                opened.lock();
                opened.load(kept);
                return opened;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new LabException("Cannot open " + file + ": " + e.getMessage() + ".", e);
        }
    }

    private void lock() throws IOException {
        @Nullable FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            throw new LabException(file + " is being written by this process already.", e);
        }
        if (lock == null) {
            throw new LabException(file + " is being written by another run; let it end first.");
        }
    }

    private void load(Predicate<JsonNode> kept) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        boolean more = true;
        while (more && bytes.hasRemaining()) {
            more = channel.read(bytes) >= 0;
        }
        byte[] all = bytes.array();
        int start = 0;
        for (int end = 0; end < bytes.position(); end++) {
            if (all[end] == '\n') {
                JsonNode line = parse(new String(all, start, end - start, StandardCharsets.UTF_8));
                if (!kept.test(line)) {
                    break;
                }
                lines.add(line);
                start = end + 1;
            }
        }
        channel.truncate(start);
        channel.position(start);
    }

    private JsonNode parse(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (JacksonException e) {
            throw new LabException(
                    "%s:%d is no JSON; remove the line or start a new run."
                            .formatted(file, lines.size() + 1),
                    e);
        }
    }

    /** {@return the lines, in the order they were written} */
    List<JsonNode> lines() {
        return List.copyOf(lines);
    }

    /** Appends a line. */
    void append(ObjectNode line) {
        lines.add(line);
        byte[] bytes = (MAPPER.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            AtomicFile.writeFully(channel, ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Waits until all lines are on disk. */
    void force() {
        try {
            channel.force(true);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private LabException failed(IOException e) {
        return new LabException(
                "Cannot write " + file + ": " + e.getMessage() + "; free space and resume.", e);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new LabException("Cannot close " + file + ": " + e.getMessage() + ".", e);
        }
    }
}
