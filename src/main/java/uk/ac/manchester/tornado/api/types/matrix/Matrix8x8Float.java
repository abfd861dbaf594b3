package uk.ac.manchester.tornado.api.types.matrix;

/** A matrix of 8 x 8 floats, row-major: the operand of SIMD-group matrix instructions. */
public final class Matrix8x8Float {
    /** The class itself, as a constant. */
    public static final Class<Matrix8x8Float> TYPE = Matrix8x8Float.class;

    private static final int SIZE = 8;

    /** The elements, row by row. */
    public final float[] values = new float[SIZE * SIZE];

    /** Makes a matrix of zeros. */
    public Matrix8x8Float() {}

    /** {@return an element} */
    public float get(int row, int col) {
        return values[row * SIZE + col];
    }

    /** Sets an element. */
    public void set(int row, int col, float value) {
        values[row * SIZE + col] = value;
    }
}
