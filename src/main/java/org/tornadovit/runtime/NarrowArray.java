package org.tornadovit.runtime;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import org.tornadovit.ir.Scalar;
import uk.ac.manchester.tornado.api.types.BFloat16;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** An array of floats that a device stores in 16 bits an element. Not thread-safe. */
final class NarrowArray {
    private final FloatArray floats;
    private final Scalar element;
    private @Nullable MemorySegment memory;

    NarrowArray(FloatArray floats, Scalar element) {
        this.floats = floats;
        this.element = element;
    }

    Scalar element() {
        return element;
    }

    int length() {
        return floats.getSize();
    }

    /** {@return the narrow elements, valid after {@link #pack}; there until {@link #rest}} */
    MemorySegment memory() {
        MemorySegment known = memory;
        if (known == null) {
            known = Arena.ofAuto().allocate((long) length() * element.bytes(), Long.BYTES);
            memory = known;
        }
        return known;
    }

    /** Rounds the floats. */
    void pack() {
        MemorySegment from = floats.getSegment();
        MemorySegment to = memory();
        int length = length();
        if (element == Scalar.F16) {
            for (int i = 0; i < length; i++) {
                float x = from.getAtIndex(JAVA_FLOAT_UNALIGNED, i);
                to.setAtIndex(JAVA_SHORT_UNALIGNED, i, Float.floatToFloat16(x));
            }
        } else {
            for (int i = 0; i < length; i++) {
                float x = from.getAtIndex(JAVA_FLOAT_UNALIGNED, i);
                to.setAtIndex(JAVA_SHORT_UNALIGNED, i, BFloat16.bf16FromFloat(x));
            }
        }
    }

    /** Widens what a device has written. */
    void unpack() {
        MemorySegment from = memory();
        MemorySegment to = floats.getSegment();
        int length = length();
        if (element == Scalar.F16) {
            for (int i = 0; i < length; i++) {
                short bits = from.getAtIndex(JAVA_SHORT_UNALIGNED, i);
                to.setAtIndex(JAVA_FLOAT_UNALIGNED, i, Float.float16ToFloat(bits));
            }
        } else {
            for (int i = 0; i < length; i++) {
                int bits = from.getAtIndex(JAVA_SHORT_UNALIGNED, i) << Short.SIZE;
                to.setAtIndex(JAVA_FLOAT_UNALIGNED, i, Float.intBitsToFloat(bits));
            }
        }
    }

    /** Gives the narrow elements back, and the machine what it read of a file. */
    void rest() {
        memory = null;
        MemorySegment wide = floats.getSegment();
        if (wide.isMapped() && wide.isReadOnly()) {
            wide.unload();
        }
    }
}
