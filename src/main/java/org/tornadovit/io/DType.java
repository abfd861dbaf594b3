package org.tornadovit.io;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The element types of checkpoints. Constants carry the names of safetensors; {@link #descr()} is
 * NumPy's. Elements are little-endian.
 */
public enum DType {
    /** IEEE 754 binary64. */
    F64(8, "<f8", (data, at) -> data.get(Layouts.F64, at)),
    /** IEEE 754 binary32. */
    F32(4, "<f4", (data, at) -> data.get(Layouts.F32, at)),
    /** IEEE 754 binary16. */
    F16(2, "<f2", (data, at) -> Float.float16ToFloat(data.get(Layouts.I16, at))),
    /** The upper half of a binary32; NumPy files carry it as two raw bytes. */
    BF16(2, "|V2", (data, at) -> Float.intBitsToFloat(data.get(Layouts.I16, at) << 16)),
    /** Signed 64-bit integer. */
    I64(8, "<i8", (data, at) -> data.get(Layouts.I64, at)),
    /** Signed 32-bit integer. */
    I32(4, "<i4", (data, at) -> data.get(Layouts.I32, at)),
    /** Signed 16-bit integer. */
    I16(2, "<i2", (data, at) -> data.get(Layouts.I16, at)),
    /** Signed 8-bit integer. */
    I8(1, "|i1", (data, at) -> data.get(ValueLayout.JAVA_BYTE, at)),
    /** Unsigned 64-bit integer. */
    U64(8, "<u8", (data, at) -> unsigned(data.get(Layouts.I64, at))),
    /** Unsigned 32-bit integer. */
    U32(4, "<u4", (data, at) -> Integer.toUnsignedLong(data.get(Layouts.I32, at))),
    /** Unsigned 16-bit integer. */
    U16(2, "<u2", (data, at) -> Short.toUnsignedInt(data.get(Layouts.I16, at))),
    /** Unsigned 8-bit integer. */
    U8(1, "|u1", (data, at) -> Byte.toUnsignedInt(data.get(ValueLayout.JAVA_BYTE, at))),
    /** One byte, 0 or 1. */
    BOOL(1, "|b1", (data, at) -> data.get(ValueLayout.JAVA_BYTE, at) == 0 ? 0 : 1);

    /** Little-endian layouts without alignment: arrays lie in files where they happen to lie. */
    static final class Layouts {
        static final ValueLayout.OfDouble F64 =
                ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
        static final ValueLayout.OfFloat F32 =
                ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
        static final ValueLayout.OfLong I64 =
                ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
        static final ValueLayout.OfInt I32 =
                ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
        static final ValueLayout.OfShort I16 =
                ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

        private Layouts() {}
    }

    private interface Element {
        double read(MemorySegment data, long byteOffset);
    }

    private final int bytes;
    private final String descr;
    private final Element element;

    DType(int bytes, String descr, Element element) {
        this.bytes = bytes;
        this.descr = descr;
        this.element = element;
    }

    /** {@return the size of one element in bytes} */
    public int bytes() {
        return bytes;
    }

    /** {@return NumPy's type string, such as {@code <f4}} */
    public String descr() {
        return descr;
    }

    /**
     * {@return the element that starts at {@code byteOffset}, exact but for 64-bit integers beyond
     * 2^53, which are rounded}
     */
    public double read(MemorySegment data, long byteOffset) {
        return element.read(data, byteOffset);
    }

    /** {@return the type that safetensors calls {@code name}, if it is one of these} */
    static Optional<DType> ofSafetensors(String name) {
        for (DType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /**
     * {@return the type of NumPy's {@code descr}, whatever its byte order, if it is one of these}
     */
    static Optional<DType> ofDescr(String descr) {
        for (DType type : values()) {
            if (descr.length() == 3
                    && "<>|".indexOf(descr.charAt(0)) >= 0
                    && type.descr.regionMatches(1, descr, 1, 2)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    private static double unsigned(long bits) {
        // halve with the lost bit kept sticky, so that rounding happens once
        return bits >= 0 ? bits : 2.0 * ((bits >>> 1) | (bits & 1));
    }
}
