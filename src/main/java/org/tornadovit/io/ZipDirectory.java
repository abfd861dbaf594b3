package org.tornadovit.io;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The central directory of a mapped zip file, ZIP64 included. Unlike {@link java.util.zip} it gives
 * the place of every entry's bytes, so that stored entries can be used where they lie.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">APPNOTE 6.3</a>
 */
final class ZipDirectory {
    static final int STORED = 0;
    static final int DEFLATED = 8;

    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int END64 = 0x06064b50;
    private static final int END64_LOCATOR = 0x07064b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int CENTRAL_BYTES = 46;
    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_BYTES = 30;
    private static final long MAX16 = 0xffffL;
    private static final long MAX32 = 0xffff_ffffL;

    /**
     * One file in the archive.
     *
     * @param data its bytes as they lie in the archive
     * @param size its length when unpacked, as the archive claims
     */
    record Entry(String name, int method, long crc, MemorySegment data, long size) {}

    private final Path file;
    private final MemorySegment bytes;

    private ZipDirectory(Path file, MemorySegment bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /** {@return the entries of {@code file} that are not folders, in the directory's order} */
    static List<Entry> read(Path file, MemorySegment bytes) {
        try {
            return new ZipDirectory(file, bytes).entries();
        } catch (IndexOutOfBoundsException | CharacterCodingException e) {
            throw new CheckpointException(
                    "%s is a damaged zip file: its directory points outside of it.".formatted(file),
                    e);
        }
    }

    private List<Entry> entries() throws CharacterCodingException {
        long end = findEnd();
        long count = u16(end + 10);
        long size = u32(end + 12);
        long at = u32(end + 16);
        if (count == MAX16 || size == MAX32 || at == MAX32) {
            long locator = end - 20;
            if (locator >= 0 && i32(locator) == END64_LOCATOR) {
                long end64 = i64(locator + 8);
                require(i32(end64) == END64, "its ZIP64 directory is missing");
                count = i64(end64 + 32);
                size = i64(end64 + 40);
                at = i64(end64 + 48);
            }
        }
        require(at >= 0 && size >= 0 && at <= end - size, "its directory is out of place");
        require(count >= 0 && count <= size / CENTRAL_BYTES, "its directory is cut short");
        List<Entry> entries = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            require(i32(at) == CENTRAL, "entry " + i + " of its directory is broken");
            Entry entry = entry(at);
            if (!entry.name().endsWith("/")) {
                entries.add(entry);
            }
            at += CENTRAL_BYTES + u16(at + 28) + u16(at + 30) + u16(at + 32);
        }
        return entries;
    }

    /** The end record is the last thing in the file but for a comment of up to 65,535 bytes. */
    private long findEnd() {
        long last = bytes.byteSize() - END_BYTES;
        for (long at = last; at >= 0 && at >= last - MAX16; at--) {
            if (i32(at) == END && at + END_BYTES + u16(at + 20) == bytes.byteSize()) {
                return at;
            }
        }
        throw new CheckpointException(
                "%s is a truncated zip file: the directory at its end is missing.".formatted(file));
    }

    private Entry entry(long at) throws CharacterCodingException {
        int flags = u16(at + 8);
        int method = u16(at + 10);
        long crc = u32(at + 16);
        long packed = u32(at + 20);
        long size = u32(at + 24);
        int nameLength = u16(at + 28);
        long local = u32(at + 42);
        String name = text(at + CENTRAL_BYTES, nameLength);
        require((flags & 1) == 0, "entry '" + name + "' is encrypted");

        // ZIP64: the fields that are all ones stand in the extra field, in this order
        long extra = at + CENTRAL_BYTES + nameLength;
        long extraEnd = extra + u16(at + 30);
        while (extra + 4 <= extraEnd) {
            int id = u16(extra);
            long next = extra + 4 + u16(extra + 2);
            if (id == 1) {
                long field = extra + 4;
                if (size == MAX32) {
                    size = i64(field);
                    field += 8;
                }
                if (packed == MAX32) {
                    packed = i64(field);
                    field += 8;
                }
                if (local == MAX32) {
                    local = i64(field);
                }
            }
            extra = next;
        }
        require(i32(local) == LOCAL, "the header of entry '" + name + "' is missing");
        long start = local + LOCAL_BYTES + u16(local + 26) + u16(local + 28);
        require(
                packed >= 0 && size >= 0 && start <= bytes.byteSize() - packed,
                "entry '" + name + "' ends outside of the file");
        return new Entry(name, method, crc, bytes.asSlice(start, packed), size);
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new CheckpointException(
                    "%s is a damaged zip file: %s.".formatted(file, otherwise));
        }
    }

    private String text(long at, int length) throws CharacterCodingException {
        byte[] name = bytes.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
    }

    private int u16(long at) {
        return Short.toUnsignedInt(bytes.get(DType.Layouts.I16, at));
    }

    private int i32(long at) {
        return bytes.get(DType.Layouts.I32, at);
    }

    private long u32(long at) {
        return Integer.toUnsignedLong(i32(at));
    }

    private long i64(long at) {
        return bytes.get(DType.Layouts.I64, at);
    }
}
