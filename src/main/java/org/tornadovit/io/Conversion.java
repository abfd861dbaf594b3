package org.tornadovit.io;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.OptionalLong;

/** Loops over the elements of a tensor's bytes: to float32, and the search for NaN and infinity. */
final class Conversion {
    private static final ValueLayout.OfFloat NATIVE = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private Conversion() {}

    /** Converts all of {@code source} to native float32; {@code target} has 4 bytes an element. */
    static void toFloats(DType dtype, MemorySegment source, MemorySegment target) {
        long count = source.byteSize() / dtype.bytes();
        switch (dtype) {
            case F32 -> copyFloats(source, target, count);
            case F16 -> {
                for (long i = 0; i < count; i++) {
                    short half = source.get(DType.Layouts.I16, 2 * i);
                    target.set(NATIVE, 4 * i, Float.float16ToFloat(half));
                }
            }
            case BF16 -> {
                for (long i = 0; i < count; i++) {
                    int bits = source.get(DType.Layouts.I16, 2 * i) << 16;
                    target.set(NATIVE, 4 * i, Float.intBitsToFloat(bits));
                }
            }
            case I64 -> { // straight to float: by way of double it would be rounded twice
                for (long i = 0; i < count; i++) {
                    target.set(NATIVE, 4 * i, (float) source.get(DType.Layouts.I64, 8 * i));
                }
            }
            case F64, I32, I16, I8, U64, U32, U16, U8, BOOL -> {
                for (long i = 0; i < count; i++) {
                    target.set(NATIVE, 4 * i, (float) dtype.read(source, i * dtype.bytes()));
                }
            }
        }
    }

    private static void copyFloats(MemorySegment source, MemorySegment target, long count) {
        if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
            MemorySegment.copy(source, 0, target, 0, 4 * count);
        } else {
            MemorySegment.copy(source, DType.Layouts.F32, 0, target, NATIVE, 0, count);
        }
    }

    /** {@return the index of the first element that is NaN or infinite} */
    static OptionalLong firstNonFinite(DType dtype, MemorySegment data) {
        long count = data.byteSize() / dtype.bytes();
        return switch (dtype) {
            case F32 -> first(count, i -> exponentIsFull32(data.get(DType.Layouts.I32, 4 * i)));
            case F16 -> first(count, i -> (data.get(DType.Layouts.I16, 2 * i) & 0x7c00) == 0x7c00);
            case BF16 -> first(count, i -> (data.get(DType.Layouts.I16, 2 * i) & 0x7f80) == 0x7f80);
            case F64 -> first(count, i -> !Double.isFinite(data.get(DType.Layouts.F64, 8 * i)));
            case I64, I32, I16, I8, U64, U32, U16, U8, BOOL -> OptionalLong.empty();
        };
    }

    private static boolean exponentIsFull32(int bits) {
        return (bits & 0x7f800000) == 0x7f800000;
    }

    private static OptionalLong first(long count, java.util.function.LongPredicate found) {
        for (long i = 0; i < count; i++) {
            if (found.test(i)) {
                return OptionalLong.of(i);
            }
        }
        return OptionalLong.empty();
    }
}
