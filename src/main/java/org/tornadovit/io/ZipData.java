package org.tornadovit.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The unpacked and checked bytes of a zip entry. */
final class ZipData {
    /** No deflate stream unpacks to more than this many times its length. */
    private static final long MAX_RATIO = 1032;

    private static final long CHUNK = 1 << 26;

    private ZipData() {}

    /**
     * {@return the content of {@code entry}; a view when it is stored, else inflated into {@code
     * arena}}
     *
     * @param place names the entry in messages
     * @throws CheckpointException when length or checksum are not what the archive says
     */
    static MemorySegment unpack(ZipDirectory.Entry entry, String place, Arena arena) {
        MemorySegment data =
                entry.method() == ZipDirectory.STORED
                        ? entry.data()
                        : inflate(entry, place, entry.size(), arena);
        if (data.byteSize() != entry.size()) {
            throw damaged(place, "its stored length contradicts the directory");
        }
        if (crc(data) != entry.crc()) {
            throw damaged(place, "its checksum does not match");
        }
        return data;
    }

    /** {@return the first {@code length} unpacked bytes, or fewer when there are fewer} */
    static MemorySegment prefix(ZipDirectory.Entry entry, String place, long length, Arena arena) {
        long available = Math.min(length, entry.size());
        return entry.method() == ZipDirectory.STORED
                ? entry.data().asSlice(0, Math.min(available, entry.data().byteSize()))
                : inflate(entry, place, available, arena);
    }

    private static MemorySegment inflate(
            ZipDirectory.Entry entry, String place, long length, Arena arena) {
        if (entry.method() != ZipDirectory.DEFLATED) {
            throw new CheckpointException(
                    "%s is packed by zip method %d; only stored and deflated entries can be read."
                            .formatted(place, entry.method()));
        }
        if (length / MAX_RATIO > entry.data().byteSize()) {
            throw damaged(place, "its unpacked length cannot be true");
        }
        MemorySegment output = arena.allocate(length);
        try (Inflater inflater = new Inflater(true)) {
            long from = 0;
            long to = 0;
            while (to < length) {
                if (inflater.needsInput()) {
                    if (from == entry.data().byteSize()) {
                        throw damaged(place, "its packed data end early");
                    }
                    ByteBuffer input = chunk(entry.data(), from);
                    from += input.remaining();
                    inflater.setInput(input);
                }
                int count = inflater.inflate(chunk(output, to));
                to += count;
                if (count == 0 && (inflater.finished() || inflater.needsDictionary())) {
                    throw damaged(place, "it unpacks to fewer bytes than the directory says");
                }
            }
        } catch (DataFormatException e) {
            throw damaged(place, "its packed data are no deflate stream");
        }
        return output;
    }

    private static long crc(MemorySegment data) {
        CRC32 crc = new CRC32();
        for (long at = 0; at < data.byteSize(); at += CHUNK) {
            crc.update(chunk(data, at));
        }
        return crc.getValue();
    }

    private static ByteBuffer chunk(MemorySegment data, long at) {
        return data.asSlice(at, Math.min(CHUNK, data.byteSize() - at)).asByteBuffer();
    }

    private static CheckpointException damaged(String place, String reason) {
        return new CheckpointException("%s is damaged: %s.".formatted(place, reason));
    }
}
