package uk.ac.manchester.tornado.api.types.matrix;

/** The extents of a matrix of three dimensions. */
abstract class Matrix3DType {
    private final int rows;
    private final int columns;
    private final int depth;

    Matrix3DType(int rows, int columns, int depth) {
        this.rows = rows;
        this.columns = columns;
        this.depth = depth;
    }

    /** {@return the number of rows} */
    public int getNumRows() {
        return rows;
    }

    /** {@return the number of columns} */
    public int getNumColumns() {
        return columns;
    }

    /** {@return the number of planes} */
    public int getNumDepth() {
        return depth;
    }
}
