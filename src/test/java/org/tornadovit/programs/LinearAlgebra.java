package org.tornadovit.programs;

import static org.tornadovit.programs.Check.doubles;
import static org.tornadovit.programs.Check.floats;
import static org.tornadovit.programs.Check.grid;
import static org.tornadovit.programs.Check.ints;
import static org.tornadovit.programs.Check.near;
import static org.tornadovit.programs.Check.run;
import static org.tornadovit.programs.Check.same;

import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid2D;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.annotations.Reduce;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.matrix.Matrix2DFloat;

/** Vectors and matrices. */
final class LinearAlgebra {
    private static final int TILE = 8;

    private LinearAlgebra() {}

    private static void saxpy(float alpha, FloatArray x, FloatArray y) {
        for (@Parallel int i = 0; i < y.getSize(); i++) {
            y.set(i, alpha * x.get(i) + y.get(i));
        }
    }

    static void saxpy(TornadoDevice device) {
        FloatArray x = floats(1001, 1);
        FloatArray y = floats(1001, 2);
        FloatArray wanted = floats(1001, 2);
        saxpy(2.5f, x, wanted);
        TaskGraph graph =
                new TaskGraph("s0")
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, x, y)
                        .task("t0", LinearAlgebra::saxpy, 2.5f, x, y)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, y);
        run(device, graph);
        near(y, wanted, 1e-6);
    }

    private static void dot(FloatArray a, FloatArray b, @Reduce FloatArray result) {
        result.set(0, 0);
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            result.set(0, result.get(0) + a.get(i) * b.get(i));
        }
    }

    static void dotProduct(TornadoDevice device) {
        FloatArray a = floats(5003, 1);
        FloatArray b = floats(5003, 2);
        FloatArray result = new FloatArray(1);
        FloatArray wanted = new FloatArray(1);
        dot(a, b, wanted);
        TaskGraph graph =
                new TaskGraph("s0")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, a, b)
                        .task("t0", LinearAlgebra::dot, a, b, result)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, result);
        run(device, graph);
        near(result, wanted, 1e-4);
    }

    private static void matrixVector(Matrix2DFloat a, FloatArray x, FloatArray y) {
        for (@Parallel int i = 0; i < a.getNumRows(); i++) {
            float sum = 0.0f;
            for (int j = 0; j < a.getNumColumns(); j++) {
                sum += a.get(i, j) * x.get(j);
            }
            y.set(i, sum);
        }
    }

    static void matrixVector(TornadoDevice device) {
        Matrix2DFloat a = new Matrix2DFloat(37, 53, floats(37 * 53, 3));
        FloatArray x = floats(53, 4);
        FloatArray y = new FloatArray(37);
        FloatArray wanted = new FloatArray(37);
        matrixVector(a, x, wanted);
        TaskGraph graph =
                new TaskGraph("mv")
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, a, x)
                        .task("t0", LinearAlgebra::matrixVector, a, x, y)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, y);
        run(device, graph);
        near(y, wanted, 1e-5);
    }

    private static void multiply(
            Matrix2DFloat a, Matrix2DFloat b, Matrix2DFloat c, final int size) {
        for (@Parallel int i = 0; i < size; i++) {
            for (@Parallel int j = 0; j < size; j++) {
                float sum = 0.0f;
                for (int k = 0; k < size; k++) {
                    sum += a.get(i, k) * b.get(k, j);
                }
                c.set(i, j, sum);
            }
        }
    }

    static void matrixMultiplication(TornadoDevice device) {
        int size = 45;
        Matrix2DFloat a = new Matrix2DFloat(size, size, floats(size * size, 5));
        Matrix2DFloat b = new Matrix2DFloat(size, size, floats(size * size, 6));
        FloatArray result = new FloatArray(size * size);
        FloatArray wanted = new FloatArray(size * size);
        Matrix2DFloat c = new Matrix2DFloat(size, size, result);
        multiply(a, b, new Matrix2DFloat(size, size, wanted), size);
        TaskGraph graph =
                new TaskGraph("s0")
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, a, b)
                        .task("t0", LinearAlgebra::multiply, a, b, c, size)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, c);
        run(device, graph);
        near(result, wanted, 1e-5);
    }

    private static void tiled(
            KernelContext context, FloatArray a, FloatArray b, FloatArray c, int size) {
        int row = context.localIdx;
        int column = context.localIdy;
        int globalRow = TILE * context.groupIdx + row;
        int globalColumn = TILE * context.groupIdy + column;
        float[] aTile = context.allocateFloatLocalArray(TILE * TILE);
        float[] bTile = context.allocateFloatLocalArray(TILE * TILE);
        float sum = 0;
        int tiles = size / TILE;
        for (int t = 0; t < tiles; t++) {
            int tiledRow = TILE * t + row;
            int tiledColumn = TILE * t + column;
            aTile[column * TILE + row] = a.get(tiledColumn * size + globalRow);
            bTile[column * TILE + row] = b.get(globalColumn * size + tiledRow);
            context.localBarrier();
            for (int k = 0; k < TILE; k++) {
                sum += aTile[k * TILE + row] * bTile[column * TILE + k];
            }
            context.localBarrier();
        }
        c.set(globalColumn * size + globalRow, sum);
    }

    static void tiledMultiplication(TornadoDevice device) {
        int size = 32;
        FloatArray a = floats(size * size, 5);
        FloatArray b = floats(size * size, 6);
        FloatArray c = new FloatArray(size * size);
        FloatArray wanted = new FloatArray(size * size);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                float sum = 0;
                for (int k = 0; k < size; k++) {
                    sum += a.get(k * size + i) * b.get(j * size + k);
                }
                wanted.set(j * size + i, sum);
            }
        }
        WorkerGrid worker = new WorkerGrid2D(size, size);
        worker.setLocalWork(TILE, TILE, 1);
        GridScheduler grids = new GridScheduler();
        grids.addWorkerGrid("s0.t0", worker);
        TaskGraph graph =
                new TaskGraph("s0")
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, a, b)
                        .task("t0", LinearAlgebra::tiled, new KernelContext(), a, b, c, size)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, c);
        run(device, graph, grids);
        near(c, wanted, 1e-5);
    }

    private static void gemm(
            double alpha, DoubleArray a, DoubleArray b, double beta, DoubleArray c, int n, int k) {
        for (@Parallel int i = 0; i < c.getSize() / n; i++) {
            for (@Parallel int j = 0; j < n; j++) {
                double sum = 0;
                for (int l = 0; l < k; l++) {
                    sum += a.get(i * k + l) * b.get(j * k + l);
                }
                c.set(i * n + j, alpha * sum + beta * c.get(i * n + j));
            }
        }
    }

    static void gemmOfDoubles(TornadoDevice device) {
        DoubleArray a = doubles(13 * 21, 1);
        DoubleArray b = doubles(17 * 21, 2);
        DoubleArray c = doubles(13 * 17, 3);
        DoubleArray wanted = doubles(13 * 17, 3);
        gemm(1.5, a, b, -0.5, wanted, 17, 21);
        TaskGraph graph =
                new TaskGraph("s0")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, a, b, c)
                        .task("t0", LinearAlgebra::gemm, 1.5, a, b, -0.5, c, 17, 21)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, c);
        run(device, graph);
        near(c, wanted, 1e-12);
    }

    private static void transpose(
            KernelContext context, IntArray in, IntArray out, int rows, int columns) {
        int[] tile = context.allocateIntLocalArray(TILE * (TILE + 1));
        int x = context.globalIdx;
        int y = context.globalIdy;
        if (x < columns && y < rows) {
            tile[context.localIdy * (TILE + 1) + context.localIdx] = in.get(y * columns + x);
        }
        context.localBarrier();
        int tx = context.groupIdy * context.localGroupSizeY + context.localIdx;
        int ty = context.groupIdx * context.localGroupSizeX + context.localIdy;
        if (tx < rows && ty < columns) {
            out.set(ty * rows + tx, tile[context.localIdx * (TILE + 1) + context.localIdy]);
        }
    }

    static void transposition(TornadoDevice device) {
        int rows = 19;
        int columns = 29;
        IntArray in = ints(rows * columns, -99, 99, 1);
        IntArray out = new IntArray(rows * columns);
        IntArray wanted = new IntArray(rows * columns);
        for (int i = 0; i < rows * columns; i++) {
            wanted.set(i % columns * rows + i / columns, in.get(i));
        }
        WorkerGrid worker = new WorkerGrid2D(32, 24);
        worker.setLocalWork(TILE, TILE, 1);
        TaskGraph graph =
                new TaskGraph("s0")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, in)
                        .task(
                                "t0",
                                LinearAlgebra::transpose,
                                new KernelContext(),
                                in,
                                out,
                                rows,
                                columns)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, out);
        run(device, graph, new GridScheduler("s0.t0", worker));
        same(out, wanted);
    }

    private static void rowSums(KernelContext context, FloatArray m, FloatArray sums, int columns) {
        int row = context.groupIdx;
        int local = context.localIdx;
        float[] partial = context.allocateFloatLocalArray(64);
        float sum = 0;
        for (int j = local; j < columns; j += context.localGroupSizeX) {
            sum += m.get(row * columns + j);
        }
        partial[local] = sum;
        for (int stride = context.localGroupSizeX / 2; stride > 0; stride >>= 1) {
            context.localBarrier();
            if (local < stride) {
                partial[local] += partial[local + stride];
            }
        }
        if (local == 0) {
            sums.set(row, partial[0]);
        }
    }

    static void aGroupPerRow(TornadoDevice device) {
        FloatArray m = floats(11 * 130, 9);
        FloatArray sums = new FloatArray(11);
        FloatArray wanted = new FloatArray(11);
        for (int i = 0; i < 11; i++) {
            float sum = 0;
            for (int j = 0; j < 130; j++) {
                sum += m.get(i * 130 + j);
            }
            wanted.set(i, sum);
        }
        TaskGraph graph =
                new TaskGraph("s0")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, m)
                        .task("t0", LinearAlgebra::rowSums, new KernelContext(), m, sums, 130)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, sums);
        run(device, graph, new GridScheduler("s0.t0", grid(11 * 64, 64)));
        near(sums, wanted, 1e-5);
    }
}
