package org.tornadovit.lab.results;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tornadovit.lab.LabException;
import org.tornadovit.lab.experiment.Cell;
import tools.jackson.core.JacksonException;

/**
 * The lines of a run, each written to disk before the next cell begins: {@code
 * {"sha256":"…","entry":{…}}}. A last line torn by a crash is dropped when the journal is opened; a
 * whole line that does not match its digest is refused. What failed may be tried again, and a
 * ceiling found higher: the line stays in the file, and the later one counts. One process at a time
 * holds a journal.
 */
public final class Journal implements AutoCloseable {
    private static final String HEAD = "{\"sha256\":\"";
    private static final String NECK = "\",\"entry\":";
    private static final int DIGITS = 64;

    private record Key(String kind, Cell cell) {}

    private final Path file;
    private final FileChannel channel;
    private final Map<Key, Entry> entries = new LinkedHashMap<>();

    private Journal(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Opens a journal, creating it if there is none.
     *
     * @param file such as {@code run.jsonl}
     * @return the journal with the entries found in it
     * @throws LabException when a line is not what it was, or the file is in use or unreadable
     */
    public static Journal open(Path file) {
        try {
            FileChannel channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            Journal journal = new Journal(file, channel);
            try {
                journal.lock();
                journal.load();
                return journal;
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

    private void load() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        boolean more = true;
        while (more && bytes.hasRemaining()) {
            more = channel.read(bytes) >= 0;
        }
        String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        int whole = text.lastIndexOf('\n') + 1;
        int number = 0;
        for (String line : text.substring(0, whole).lines().toList()) {
            number++;
            add(parse(line, number), number);
        }
        long length = text.substring(0, whole).getBytes(StandardCharsets.UTF_8).length;
        channel.truncate(length);
        channel.position(length);
    }

    private Entry parse(String line, int number) {
        int start = HEAD.length() + DIGITS + NECK.length();
        if (line.length() > start
                && line.startsWith(HEAD)
                && line.startsWith(NECK, HEAD.length() + DIGITS)
                && line.endsWith("}")) {
            String digest = line.substring(HEAD.length(), HEAD.length() + DIGITS);
            String entry = line.substring(start, line.length() - 1);
            if (digest.equals(sha256(entry))) {
                try {
                    return EntryCodec.read(entry);
                } catch (JacksonException | LabException | IllegalArgumentException e) {
                    throw new LabException(
                            "%s:%d was written by another version (%s); start a new run."
                                    .formatted(file, number, e.getMessage()),
                            e);
                }
            }
        }
        throw new LabException(
                "%s:%d does not match its digest: the line was changed after it was measured. "
                                .formatted(file, number)
                        + "Remove the line or start a new run.");
    }

    private void add(Entry entry, int number) {
        Key key = new Key(entry.kind(), entry.cell());
        Entry before = entries.get(key);
        if (before != null && !entry.replaces(before)) {
            throw new LabException(
                    "%s:%d measures %s a second time; remove one of the two lines."
                            .formatted(file, number, entry.cell().label()));
        }
        entries.remove(key); // its place is now the last
        entries.put(key, entry);
    }

    /**
     * Appends an entry and waits until it is on disk.
     *
     * @param entry what the journal does not hold yet, or what {@link Entry#replaces} it
     * @throws LabException when it cannot be written, for instance because the disk is full
     */
    public void append(Entry entry) {
        add(entry, entries.size() + 1);
        String json = EntryCodec.write(entry);
        String line = HEAD + sha256(json) + NECK + json + "}\n";
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            throw new LabException(
                    "Cannot write " + file + ": " + e.getMessage() + "; free space and resume.", e);
        }
    }

    /** {@return the entry of that kind and cell, if it was measured} */
    public Optional<Entry> find(String kind, Cell cell) {
        return Optional.ofNullable(entries.get(new Key(kind, cell)));
    }

    /** {@return the entries of a type, in the order they were measured} */
    public <T extends Entry> List<T> all(Class<T> type) {
        List<T> found = new ArrayList<>();
        for (Entry entry : entries()) {
            if (type.isInstance(entry)) {
                found.add(type.cast(entry));
            }
        }
        return List.copyOf(found);
    }

    /** {@return all entries, in the order they were measured} */
    public Collection<Entry> entries() {
        return List.copyOf(entries.values());
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new LabException("Cannot close " + file + ": " + e.getMessage() + ".", e);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
