package uk.ac.manchester.tornado.api.types.matrix;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import uk.ac.manchester.tornado.api.internal.annotations.Payload;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.utils.FloatOps;
import uk.ac.manchester.tornado.api.types.utils.FloatingPointError;
import uk.ac.manchester.tornado.api.types.vectors.Float4;

/** A matrix of 4 x 4 floats, row-major, as for rigid transformations. */
public final class Matrix4x4Float implements TornadoMatrixInterface<FloatBuffer> {
    /** The class itself, as a constant. */
    public static final Class<Matrix4x4Float> TYPE = Matrix4x4Float.class;

    private static final int SIZE = 4;

    @Payload private final FloatArray storage;

    /** Makes a matrix of zeros. */
    public Matrix4x4Float() {
        this(new FloatArray(SIZE * SIZE));
    }

    /** Makes a view of 16 floats. */
    public Matrix4x4Float(FloatArray array) {
        storage = array;
    }

    /** {@return the elements} */
    public FloatArray getArray() {
        return storage;
    }

    /** {@return the element at a row-major index} */
    public float get(int index) {
        return storage.get(index);
    }

    /** {@return an element} */
    public float get(int i, int j) {
        return storage.get(i * SIZE + j);
    }

    /** Sets the element at a row-major index. */
    public void set(int index, float value) {
        storage.set(index, value);
    }

    /** Sets an element. */
    public void set(int i, int j, float value) {
        storage.set(i * SIZE + j, value);
    }

    /** Copies another matrix. */
    public void set(Matrix4x4Float m) {
        for (int n = 0; n < SIZE * SIZE; n++) {
            storage.set(n, m.storage.get(n));
        }
    }

    /** {@return a row} */
    public Float4 row(int row) {
        return new Float4(get(row, 0), get(row, 1), get(row, 2), get(row, 3));
    }

    /** {@return a column} */
    public Float4 column(int col) {
        return new Float4(get(0, col), get(1, col), get(2, col), get(3, col));
    }

    /** {@return the diagonal} */
    public Float4 diag() {
        return new Float4(get(0, 0), get(1, 1), get(2, 2), get(3, 3));
    }

    /** Makes this the identity. */
    public void identity() {
        fill(0f);
        for (int n = 0; n < SIZE; n++) {
            set(n, n, 1f);
        }
    }

    /** Sets every element. */
    public void fill(float value) {
        storage.init(value);
    }

    /** Sets every element to zero. */
    public void clear() {
        storage.clear();
    }

    /** {@return a copy} */
    public Matrix4x4Float duplicate() {
        Matrix4x4Float copy = new Matrix4x4Float();
        copy.set(this);
        return copy;
    }

    /** {@return 4} */
    public int getNumRows() {
        return SIZE;
    }

    /** {@return 4} */
    public int getNumColumns() {
        return SIZE;
    }

    /** {@return the distance from a reference in units in the last place} */
    public FloatingPointError calculateULP(Matrix4x4Float ref) {
        return FloatingPointError.of(storage, ref.storage);
    }

    @Override
    public FloatBuffer asBuffer() {
        return storage.getSegment().asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    @Override
    public void loadFromBuffer(FloatBuffer buffer) {
        asBuffer().put(buffer);
    }

    @Override
    public int size() {
        return storage.getSize();
    }

    @Override
    public long getNumBytes() {
        return storage.getNumBytesOfSegment();
    }

    @Override
    public long getNumBytesWithHeader() {
        return storage.getNumBytesOfSegmentWithHeader();
    }

    @Override
    public MemorySegment getSegment() {
        return storage.getSegment();
    }

    @Override
    public MemorySegment getSegmentWithHeader() {
        return storage.getSegmentWithHeader();
    }

    /** {@return the rows, each in a format of four floats} */
    public String toString(String fmt) {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < SIZE; row++) {
            text.append(row(row).toString(fmt)).append('\n');
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return toString(FloatOps.FMT_4_M);
    }
}
