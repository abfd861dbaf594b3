package uk.ac.manchester.tornado.api.types.utils;

import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/** Where the element of a matrix lies in an array. */
public final class StorageFormats {
    private StorageFormats() {}

    /** {@return the index in rows of {@code numColumns}} */
    public static int toRowMajor(int i, int j, int numColumns) {
        return i * numColumns + j;
    }

    /** {@return the index in rows of {@code ld} elements with {@code el} numbers per column} */
    public static int toRowMajor(int i, int j, int ld, int el) {
        return i * ld + j * el;
    }

    /** {@return the index with strides between rows and columns} */
    public static int toRowMajor(int i, int j, int incm, int incn, int ld) {
        return i * incn * ld + j * incm;
    }

    /** {@return the index of three dimensions with {@code el} numbers per element} */
    public static int toRowMajor(int i, int j, int k, int ld1, int ld2, int el) {
        return ((i * ld1 + j) * ld2 + k) * el;
    }

    /** {@return the index of three dimensions, the last one contiguous} */
    public static int toRowMajor3D(int i, int j, int k, int zMax, int yMax) {
        return (i * yMax + j) * zMax + k;
    }

    /** {@return the index of the first number of a vector in three dimensions} */
    public static int toRowMajor3DVector(
            int i, int j, int k, int zSize, int ySize, int vectorWidth) {
        return ((i * ySize + j) * zSize + k) * vectorWidth;
    }

    /** {@return the index of the first number of a vector in two dimensions} */
    public static int toRowMajorVector(int i, int j, int numColumns, int vectorElements) {
        return (i * numColumns + j) * vectorElements;
    }

    /**
     * {@return the index in columns of {@code ld}}
     *
     * @deprecated use {@link #toFortran}, which counts from one
     */
    @Deprecated
    public static int toColumnMajor(int i, int j, int ld) {
        return j * ld + i;
    }

    /** {@return the index in columns of {@code ld}, where rows and columns count from one} */
    public static int toFortran(int i, int j, int ld) {
        return (j - 1) * ld + (i - 1);
    }

    /** {@return the rows one after the other} */
    public static ByteArray toRowMajor(byte[][] matrix) {
        int columns = matrix.length == 0 ? 0 : matrix[0].length;
        ByteArray array = new ByteArray(matrix.length * columns);
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < columns; j++) {
                array.set(i * columns + j, matrix[i][j]);
            }
        }
        return array;
    }

    /** {@return the rows one after the other} */
    public static DoubleArray toRowMajor(double[][] matrix) {
        int columns = matrix.length == 0 ? 0 : matrix[0].length;
        DoubleArray array = new DoubleArray(matrix.length * columns);
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < columns; j++) {
                array.set(i * columns + j, matrix[i][j]);
            }
        }
        return array;
    }

    /** {@return the rows one after the other} */
    public static FloatArray toRowMajor(float[][] matrix) {
        int columns = matrix.length == 0 ? 0 : matrix[0].length;
        FloatArray array = new FloatArray(matrix.length * columns);
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < columns; j++) {
                array.set(i * columns + j, matrix[i][j]);
            }
        }
        return array;
    }

    /** {@return the rows one after the other} */
    public static IntArray toRowMajor(int[][] matrix) {
        int columns = matrix.length == 0 ? 0 : matrix[0].length;
        IntArray array = new IntArray(matrix.length * columns);
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < columns; j++) {
                array.set(i * columns + j, matrix[i][j]);
            }
        }
        return array;
    }

    /** {@return the rows one after the other, each of its columns one after the other} */
    public static DoubleArray toRowMajor3D(double[][][] matrix) {
        int columns = matrix[0].length;
        int depth = matrix[0][0].length;
        DoubleArray array = new DoubleArray(matrix.length * columns * depth);
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < columns; j++) {
                for (int k = 0; k < depth; k++) {
                    array.set(toRowMajor3D(i, j, k, depth, columns), matrix[i][j][k]);
                }
            }
        }
        return array;
    }

    /** {@return the rows one after the other, each of its columns one after the other} */
    public static FloatArray toRowMajor3D(float[][][] matrix) {
        int columns = matrix[0].length;
        int depth = matrix[0][0].length;
        FloatArray array = new FloatArray(matrix.length * columns * depth);
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < columns; j++) {
                for (int k = 0; k < depth; k++) {
                    array.set(toRowMajor3D(i, j, k, depth, columns), matrix[i][j][k]);
                }
            }
        }
        return array;
    }

    /** {@return the rows one after the other, each of its columns one after the other} */
    public static IntArray toRowMajor3D(int[][][] matrix) {
        int columns = matrix[0].length;
        int depth = matrix[0][0].length;
        IntArray array = new IntArray(matrix.length * columns * depth);
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < columns; j++) {
                for (int k = 0; k < depth; k++) {
                    array.set(toRowMajor3D(i, j, k, depth, columns), matrix[i][j][k]);
                }
            }
        }
        return array;
    }

    /** {@return the rows one after the other, each of its columns one after the other} */
    public static LongArray toRowMajor3D(long[][][] matrix) {
        int columns = matrix[0].length;
        int depth = matrix[0][0].length;
        LongArray array = new LongArray(matrix.length * columns * depth);
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < columns; j++) {
                for (int k = 0; k < depth; k++) {
                    array.set(toRowMajor3D(i, j, k, depth, columns), matrix[i][j][k]);
                }
            }
        }
        return array;
    }

    /** {@return the rows one after the other, each of its columns one after the other} */
    public static ShortArray toRowMajor3D(short[][][] matrix) {
        int columns = matrix[0].length;
        int depth = matrix[0][0].length;
        ShortArray array = new ShortArray(matrix.length * columns * depth);
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < columns; j++) {
                for (int k = 0; k < depth; k++) {
                    array.set(toRowMajor3D(i, j, k, depth, columns), matrix[i][j][k]);
                }
            }
        }
        return array;
    }
}
