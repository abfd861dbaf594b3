package org.tornadovit.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Arrays that take memory only where the host writes them. What lives on a device from the first
 * task to the last, as intermediates do, then takes none of the host.
 *
 * <p>They are private mappings of an empty part of a temporary file, into which nothing is ever
 * written. Where no such file can be made they are arrays like any other.
 */
public final class SparseMemory {
    /** Less is not worth a mapping. */
    private static final int SMALLEST = 1 << 14;

    /** The header lies before it, so that elements begin on a cache line. */
    private static final long FIRST = 64;

    private SparseMemory() {}

    /** {@return an array of {@code count} zeros} */
    public static FloatArray floats(int count) {
        if (count < SMALLEST || FloatArray.ARRAY_HEADER > FIRST) {
            return new FloatArray(count);
        }
        try {
            MemorySegment mapped = map(FIRST + (long) Float.BYTES * count);
            MemorySegment array = mapped.asSlice(FIRST - FloatArray.ARRAY_HEADER);
            array.set(ValueLayout.JAVA_INT_UNALIGNED, 0, count);
            return FloatArray.fromSegmentShallow(array);
        } catch (IOException e) {
            return new FloatArray(count);
        }
    }

    /** Every mapping is of the same nothing. */
    private static MemorySegment map(long bytes) throws IOException {
        Path file = Files.createTempFile("tornado-vit", ".zeros");
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.SPARSE,
                        StandardOpenOption.DELETE_ON_CLOSE)) {
            return channel.map(FileChannel.MapMode.PRIVATE, 0, bytes, Arena.ofAuto());
        }
    }
}
