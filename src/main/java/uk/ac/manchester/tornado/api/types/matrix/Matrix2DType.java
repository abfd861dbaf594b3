package uk.ac.manchester.tornado.api.types.matrix;

/** The extents of a matrix of two dimensions. */
abstract class Matrix2DType {
    private final int rows;
    private final int columns;

    Matrix2DType(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /** {@return the number of rows} */
    public int getNumRows() {
        return rows;
    }

    /** {@return the number of columns} */
    public int getNumColumns() {
        return columns;
    }

    /** Refuses to go on with a matrix that cannot be transposed in place; kernels know it. */
    static void checkSquare(int rows, int columns) {
        if (rows != columns) {
            throw new IllegalArgumentException(
                    "only a square matrix is transposed in place, not " + rows + " x " + columns);
        }
    }
}
