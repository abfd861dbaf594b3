package org.tornadovit.device.cpu;

import java.lang.foreign.MemorySegment;

/** All memory of the process, for generated code. */
public final class Memory {
    /**
     * Everything, by absolute address. Generated code reads and writes through this one constant,
     * so that the compiler sees one kind of memory everywhere and no check that depends on a
     * profile.
     */
    public static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private Memory() {}

    /** Fills memory with zeros. */
    public static void zero(long address, long bytes) {
        ALL.asSlice(address, bytes).fill((byte) 0);
    }

    static void copy(long source, long target, long bytes) {
        MemorySegment.copy(ALL, source, ALL, target, bytes);
    }
}
