package org.tornadovit.codegen.ptx;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * The memory of a processor that runs PTX, by address. Every access must lie in one allocation and
 * be aligned to its size, as on the real one.
 */
class Machine {
    /** An allocation has its number above this bit, and never address 0. */
    static final int NUMBER = 40;

    private final List<MemorySegment> allocations = new ArrayList<>();

    /** {@return the address of a new allocation} */
    long add(MemorySegment memory) {
        allocations.add(memory);
        return (long) allocations.size() << NUMBER;
    }

    /** {@return an element} */
    static long read(MemorySegment memory, long at, int bytes) {
        check(memory, at, bytes);
        return switch (bytes) {
            case 1 -> memory.get(ValueLayout.JAVA_BYTE, at) & 0xffL;
            case 2 -> memory.get(ValueLayout.JAVA_CHAR_UNALIGNED, at);
            case 4 -> memory.get(ValueLayout.JAVA_INT_UNALIGNED, at) & 0xffffffffL;
            default -> memory.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
        };
    }

    /** Writes an element. */
    static void write(MemorySegment memory, long at, int bytes, long value) {
        check(memory, at, bytes);
        switch (bytes) {
            case 1 -> memory.set(ValueLayout.JAVA_BYTE, at, (byte) value);
            case 2 -> memory.set(ValueLayout.JAVA_CHAR_UNALIGNED, at, (char) value);
            case 4 -> memory.set(ValueLayout.JAVA_INT_UNALIGNED, at, (int) value);
            default -> memory.set(ValueLayout.JAVA_LONG_UNALIGNED, at, value);
        }
    }

    private static void check(MemorySegment memory, long at, int bytes) {
        if (at < 0 || at + bytes > memory.byteSize() || at % bytes != 0) {
            throw new IllegalStateException(
                    "%d bytes at %d of %d".formatted(bytes, at, memory.byteSize()));
        }
    }

    /** {@return the allocation that an address lies in} */
    MemorySegment at(long address) {
        int number = (int) (address >> NUMBER);
        if (number < 1 || number > allocations.size()) {
            throw new IllegalStateException("no memory at 0x%x".formatted(address));
        }
        return allocations.get(number - 1);
    }

    /** {@return the place of an address in its allocation} */
    static long place(long address) {
        return address & ((1L << NUMBER) - 1);
    }
}
