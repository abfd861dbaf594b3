package org.tornadovit.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The named arrays of a safetensors or NumPy {@code .npz} file, told apart by content.
 *
 * <p>The file is memory-mapped: opening reads only its directory, which is verified in full, and an
 * array that is stored raw is a view of the mapping. Arrays that are compressed, big-endian or in
 * Fortran order are converted when first asked for. Safe for use by several threads. {@link #close}
 * unmaps the file and ends the life of all its tensors' data.
 */
public final class Checkpoint implements AutoCloseable {

    /**
     * One array of the directory.
     *
     * @param dtype the type of its elements
     * @param shape its extents
     * @param data gives its row-major little-endian bytes; what it allocates lives in the arena
     */
    @SuppressWarnings("ArrayRecordComponent") // internal, not compared
    record Entry(DType dtype, long[] shape, Function<Arena, MemorySegment> data) {}

    /**
     * What a reader found.
     *
     * @param entries the arrays by name, in the file's order
     * @param unreadable names of arrays of unsupported types, with the sentence that says so
     * @param metadata free text that the file carries
     */
    record Directory(
            Map<String, Entry> entries,
            Map<String, String> unreadable,
            Map<String, String> metadata) {}

    private final Path file;
    private final Arena arena;
    private final MemorySegment bytes;
    private final Directory directory;
    private final Map<String, Tensor> tensors = new ConcurrentHashMap<>();
    private @Nullable MemorySegment lasting;

    private Checkpoint(Path file, Arena arena, MemorySegment bytes, Directory directory) {
        this.file = file;
        this.arena = arena;
        this.bytes = bytes;
        this.directory = directory;
    }

    /**
     * Opens {@code file} and verifies its directory.
     *
     * @throws CheckpointException when it is missing, of another format, truncated or inconsistent
     */
    public static Checkpoint open(Path file) {
        Arena arena = Arena.ofShared();
        try {
            MemorySegment bytes = MappedFile.map(file, arena);
            return new Checkpoint(file, arena, bytes, FileFormat.read(file, bytes));
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /** {@return the file this was opened from} */
    public Path file() {
        return file;
    }

    /** {@return the names of all readable arrays, in the file's order} */
    public Set<String> names() {
        return Collections.unmodifiableSet(directory.entries().keySet());
    }

    /** {@return whether there is a readable array {@code name}} */
    public boolean contains(String name) {
        return directory.entries().containsKey(name);
    }

    /**
     * Complains about an array whose type cannot be read; about no other.
     *
     * @throws CheckpointException when {@code name} is there, but not readable
     */
    public void requireReadable(String name) {
        String reason = directory.unreadable().get(name);
        if (reason != null) {
            throw new CheckpointException(reason);
        }
    }

    /** {@return the text that a safetensors file carries in {@code __metadata__}; else empty} */
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(directory.metadata());
    }

    /**
     * {@return the type of array {@code name}}
     *
     * @throws CheckpointException when there is none
     */
    public DType dtype(String name) {
        return entry(name).dtype();
    }

    /**
     * {@return the shape of array {@code name}, without touching its data}
     *
     * @throws CheckpointException when there is none
     */
    public long[] shape(String name) {
        return entry(name).shape().clone();
    }

    /**
     * {@return array {@code name}}
     *
     * @throws CheckpointException when there is none, or when its stored checksum does not match
     */
    public Tensor tensor(String name) {
        Entry entry = entry(name);
        return tensors.computeIfAbsent(
                name,
                key ->
                        new Tensor(
                                file.toString(),
                                key,
                                entry.dtype(),
                                entry.shape(),
                                entry.data().apply(arena)));
    }

    /**
     * {@return array {@code name}, whose shape is {@code expected}}
     *
     * @throws CheckpointException as {@link #tensor(String)}, or when it has another shape
     */
    public Tensor tensor(String name, long... expected) {
        long[] found = entry(name).shape();
        if (!java.util.Arrays.equals(found, expected)) {
            throw new CheckpointException(
                    "%s: %s has shape %s, expected %s."
                            .formatted(file, name, Tensor.text(found), Tensor.text(expected)));
        }
        return tensor(name);
    }

    /**
     * {@return the bytes of array {@code name} as they lie in the file, preceded by {@code before}
     * bytes of whatever comes before them, or nothing where the file does not hold them so}
     *
     * <p>The memory is the file's own, read-only and of any alignment. It outlives this checkpoint:
     * the file stays mapped as long as a segment of it is reachable, and must not be changed.
     */
    public Optional<MemorySegment> inFile(String name, long before) {
        MemorySegment data = tensor(name).data();
        long offset = data.address() - bytes.address();
        boolean within =
                data.isMapped() && offset >= before && offset + data.byteSize() <= bytes.byteSize();
        return within
                ? Optional.of(lasting().asSlice(offset - before, before + data.byteSize()))
                : Optional.empty();
    }

    /** A mapping that nobody closes. */
    private MemorySegment lasting() {
        synchronized (tensors) {
            MemorySegment mapped = lasting;
            if (mapped == null) {
                mapped = MappedFile.map(file, Arena.ofAuto());
                lasting = mapped;
            }
            return mapped;
        }
    }

    /**
     * Looks at every floating-point element.
     *
     * @throws CheckpointException when one is NaN or infinite; the key and the index are named
     */
    public void requireFinite() {
        names().forEach(name -> tensor(name).requireFinite());
    }

    @Override
    public void close() {
        arena.close();
    }

    private Entry entry(String name) {
        Entry entry = directory.entries().get(name);
        if (entry == null) {
            String reason = directory.unreadable().get(name);
            throw new CheckpointException(reason != null ? reason : missing(name));
        }
        return entry;
    }

    private String missing(String name) {
        List<String> closest = Nearest.of(name, names(), 3);
        return closest.isEmpty()
                ? "%s has no key '%s'; it has no arrays at all.".formatted(file, name)
                : "%s has no key '%s' among its %d; the closest are %s."
                        .formatted(file, name, names().size(), String.join(", ", closest));
    }

    /** Collects what a reader finds; names are unique. */
    static final class Builder {
        private final Path file;
        private final Map<String, Entry> entries = new LinkedHashMap<>();
        private final Map<String, String> unreadable = new LinkedHashMap<>();

        Builder(Path file) {
            this.file = file;
        }

        void add(String name, Entry entry) {
            requireNew(name);
            entries.put(name, entry);
        }

        void addUnreadable(String name, String reason) {
            requireNew(name);
            unreadable.put(name, reason);
        }

        Directory build(Map<String, String> metadata) {
            return new Directory(entries, unreadable, metadata);
        }

        private void requireNew(String name) {
            if (entries.containsKey(name) || unreadable.containsKey(name)) {
                throw new CheckpointException("%s has key '%s' twice.".formatted(file, name));
            }
        }
    }
}
