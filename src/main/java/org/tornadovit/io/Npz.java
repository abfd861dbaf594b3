package org.tornadovit.io;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** NumPy archives: zip files, stored or deflated, of one {@code KEY.npy} an array. */
public final class Npz {
    private static final String SUFFIX = ".npy";
    private static final int CHUNK = 1 << 16;

    private Npz() {}

    /** Reads the directory and every array's header; data are unpacked when asked for. */
    static Checkpoint.Directory read(Path file, MemorySegment bytes) {
        List<ZipDirectory.Entry> entries = ZipDirectory.read(file, bytes);
        if (entries.stream().anyMatch(entry -> isPickle(entry.name()))) {
            throw FileFormat.pickle(file);
        }
        Checkpoint.Builder directory = new Checkpoint.Builder(file);
        for (ZipDirectory.Entry entry : entries) {
            add(directory, file, entry);
        }
        return directory.build(Map.of());
    }

    private static boolean isPickle(String name) {
        return name.equals("data.pkl") || name.endsWith("/data.pkl");
    }

    private static void add(Checkpoint.Builder directory, Path file, ZipDirectory.Entry entry) {
        String name = entry.name();
        String key =
                name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
        String place = file + ": " + key;
        NpyHeader header;
        try (Arena scratch = Arena.ofConfined()) {
            long most = NpyHeader.MAX_LENGTH + 16L;
            header = NpyHeader.parse(place, ZipData.prefix(entry, place, most, scratch));
        }
        Optional<DType> dtype = header.dtype();
        if (dtype.isEmpty()) {
            directory.addUnreadable(key, Npy.unsupported(place, header));
            return;
        }
        long length = header.dataBytes(place, dtype.get());
        if (length != entry.size() - header.length()) {
            throw Npy.lengthMismatch(place, header, length, entry.size() - header.length());
        }
        directory.add(
                key,
                new Checkpoint.Entry(
                        dtype.get(),
                        header.shape(),
                        arena -> {
                            MemorySegment whole = ZipData.unpack(entry, place, arena);
                            MemorySegment data = whole.asSlice(header.length(), length);
                            return NpyData.normalise(header, dtype.get(), data, arena);
                        }));
    }

    /**
     * Writes {@code tensors} as a stored (not compressed) archive, whole or not at all.
     *
     * @throws InputException when the file cannot be written or two tensors have one name
     */
    public static void write(Path file, Collection<Tensor> tensors) {
        AtomicFile.write(
                file,
                channel -> {
                    ZipOutputStream zip = new ZipOutputStream(Channels.newOutputStream(channel));
                    for (Tensor tensor : tensors) {
                        writeEntry(zip, tensor);
                    }
                    zip.finish();
                });
    }

    private static void writeEntry(ZipOutputStream zip, Tensor tensor) throws IOException {
        byte[] header = NpyHeader.format(tensor.dtype(), tensor.shape());
        CRC32 crc = new CRC32();
        crc.update(header);
        forEachChunk(tensor.data(), crc::update);
        ZipEntry entry = new ZipEntry(tensor.name() + SUFFIX);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(header.length + tensor.data().byteSize());
        entry.setCompressedSize(entry.getSize());
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(
                java.time.LocalDateTime.of(1980, 1, 1, 0, 0)); // equal input, equal bytes
        zip.putNextEntry(entry);
        zip.write(header);
        forEachChunk(tensor.data(), ((OutputStream) zip)::write);
        zip.closeEntry();
    }

    private interface ChunkConsumer {
        void accept(byte[] chunk) throws IOException;
    }

    private static void forEachChunk(MemorySegment data, ChunkConsumer consumer)
            throws IOException {
        for (long at = 0; at < data.byteSize(); at += CHUNK) {
            MemorySegment slice = data.asSlice(at, Math.min(CHUNK, data.byteSize() - at));
            consumer.accept(slice.toArray(ValueLayout.JAVA_BYTE));
        }
    }
}
