package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Access to a memory segment by element, for arrays whose elements start behind a header. */
public class TornadoMemorySegment {
    private MemorySegment segment;

    /**
     * Allocates zeroed memory that starts with the number of elements.
     *
     * @param segmentByteSize bytes, with the header
     */
    public TornadoMemorySegment(long segmentByteSize, int numElements) {
        segment = Arena.ofAuto().allocate(segmentByteSize, Long.BYTES);
        segment.set(ValueLayout.JAVA_INT, 0, numElements);
    }

    /** Wraps existing memory. */
    public TornadoMemorySegment(MemorySegment memorySegment) {
        segment = memorySegment;
    }

    /** {@return the memory} */
    public MemorySegment getSegment() {
        return segment;
    }

    /** Changes the memory. */
    public void setSegment(MemorySegment segment) {
        this.segment = segment;
    }

    /** {@return the element at {@code baseIndex + index}, counted in elements} */
    public byte getByteAtIndex(int index, int baseIndex) {
        return segment.get(ValueLayout.JAVA_BYTE, ((long) baseIndex + index) * Byte.BYTES);
    }

    /** Sets the element at {@code baseIndex + index}, counted in elements. */
    public void setAtIndex(int index, byte value, int baseIndex) {
        segment.set(ValueLayout.JAVA_BYTE, ((long) baseIndex + index) * Byte.BYTES, value);
    }

    /** {@return the element at {@code baseIndex + index}, counted in elements} */
    public char getCharAtIndex(int index, int baseIndex) {
        return segment.get(
                ValueLayout.JAVA_CHAR_UNALIGNED, ((long) baseIndex + index) * Character.BYTES);
    }

    /** Sets the element at {@code baseIndex + index}, counted in elements. */
    public void setAtIndex(int index, char value, int baseIndex) {
        segment.set(
                ValueLayout.JAVA_CHAR_UNALIGNED,
                ((long) baseIndex + index) * Character.BYTES,
                value);
    }

    /** {@return the element at {@code baseIndex + index}, counted in elements} */
    public double getDoubleAtIndex(int index, int baseIndex) {
        return segment.get(
                ValueLayout.JAVA_DOUBLE_UNALIGNED, ((long) baseIndex + index) * Double.BYTES);
    }

    /** Sets the element at {@code baseIndex + index}, counted in elements. */
    public void setAtIndex(int index, double value, int baseIndex) {
        segment.set(
                ValueLayout.JAVA_DOUBLE_UNALIGNED,
                ((long) baseIndex + index) * Double.BYTES,
                value);
    }

    /** {@return the element at {@code baseIndex + index}, counted in elements} */
    public float getFloatAtIndex(int index, int baseIndex) {
        return segment.get(
                ValueLayout.JAVA_FLOAT_UNALIGNED, ((long) baseIndex + index) * Float.BYTES);
    }

    /** Sets the element at {@code baseIndex + index}, counted in elements. */
    public void setAtIndex(int index, float value, int baseIndex) {
        segment.set(
                ValueLayout.JAVA_FLOAT_UNALIGNED, ((long) baseIndex + index) * Float.BYTES, value);
    }

    /** {@return the element at {@code baseIndex + index}, counted in elements} */
    public int getIntAtIndex(int index, int baseIndex) {
        return segment.get(
                ValueLayout.JAVA_INT_UNALIGNED, ((long) baseIndex + index) * Integer.BYTES);
    }

    /** Sets the element at {@code baseIndex + index}, counted in elements. */
    public void setAtIndex(int index, int value, int baseIndex) {
        segment.set(
                ValueLayout.JAVA_INT_UNALIGNED, ((long) baseIndex + index) * Integer.BYTES, value);
    }

    /** {@return the element at {@code baseIndex + index}, counted in elements} */
    public long getLongAtIndex(int index, int baseIndex) {
        return segment.get(
                ValueLayout.JAVA_LONG_UNALIGNED, ((long) baseIndex + index) * Long.BYTES);
    }

    /** Sets the element at {@code baseIndex + index}, counted in elements. */
    public void setAtIndex(int index, long value, int baseIndex) {
        segment.set(
                ValueLayout.JAVA_LONG_UNALIGNED, ((long) baseIndex + index) * Long.BYTES, value);
    }

    /** {@return the element at {@code baseIndex + index}, counted in elements} */
    public short getShortAtIndex(int index, int baseIndex) {
        return segment.get(
                ValueLayout.JAVA_SHORT_UNALIGNED, ((long) baseIndex + index) * Short.BYTES);
    }

    /** Sets the element at {@code baseIndex + index}, counted in elements. */
    public void setAtIndex(int index, short value, int baseIndex) {
        segment.set(
                ValueLayout.JAVA_SHORT_UNALIGNED, ((long) baseIndex + index) * Short.BYTES, value);
    }
}
