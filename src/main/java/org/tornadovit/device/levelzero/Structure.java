package org.tornadovit.device.levelzero;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The structures of {@code ze_api.h}: each begins with a number that says which it is and a pointer
 * to an extension. Members are read and written at their offsets on 64-bit systems.
 */
enum Structure {
    DRIVER_PROPERTIES(0x1, 40),
    DEVICE_PROPERTIES(0x3, 368),
    DEVICE_COMPUTE_PROPERTIES(0x4, 88),
    DEVICE_MODULE_PROPERTIES(0x5, 64),
    COMMAND_QUEUE_GROUP_PROPERTIES(0x6, 40),
    DEVICE_MEMORY_PROPERTIES(0x7, 296),
    CONTEXT_DESC(0xd, 24),
    COMMAND_QUEUE_DESC(0xe, 40),
    DEVICE_MEM_ALLOC_DESC(0x15, 24),
    MODULE_DESC(0x1b, 56),
    KERNEL_DESC(0x1d, 32),
    KERNEL_PROPERTIES(0x1e, 96);

    private final int number;
    private final long bytes;

    Structure(int number, long bytes) {
        this.number = number;
        this.bytes = bytes;
    }

    /** {@return the size of one} */
    long bytes() {
        return bytes;
    }

    /** {@return so many of them one after the other, filled with zeros} */
    MemorySegment allocate(Arena arena, int count) {
        MemorySegment all = arena.allocate(Math.max(1, count) * bytes, JAVA_LONG.byteSize());
        for (int i = 0; i < count; i++) {
            all.set(JAVA_INT, i * bytes, number);
        }
        return all;
    }

    /** {@return one of them, filled with zeros} */
    MemorySegment allocate(Arena arena) {
        return allocate(arena, 1);
    }

    /** {@return a member of 32 bits, without a sign} */
    static long word(MemorySegment structure, long offset) {
        return Integer.toUnsignedLong(structure.get(ValueLayout.JAVA_INT, offset));
    }
}
