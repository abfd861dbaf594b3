package org.tornadovit.device.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Ways to fill buffers with zeros. */
final class Zeros {
    /** Buffers have a multiple of this size, in bytes. */
    static final long UNIT = 128;

    private static final long PAGE = 64 << 10;
    private static final MemorySegment ZEROS = Arena.global().allocate(PAGE, UNIT).asReadOnly();

    private Zeros() {}

    /** Has the driver do it, which knows how from OpenCL 1.2 on. */
    static void fill(long queue, OpenClBuffer buffer) {
        Commands.fill(queue, buffer.handle(), ZEROS.asSlice(0, UNIT), buffer.reserved());
    }

    /** Writes them, for older drivers. */
    static void write(long queue, OpenClBuffer buffer) {
        for (long at = 0; at < buffer.reserved(); at += PAGE) {
            MemorySegment part = ZEROS.asSlice(0, Math.min(PAGE, buffer.reserved() - at));
            Commands.write(queue, buffer.handle(), at, part, MemorySegment.NULL);
        }
    }
}
