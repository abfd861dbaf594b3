package org.tornadovit.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tornadovit.nn.Samples.assertClose;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class LinearGradientTest {
    private static final double UNIT = Math.scalb(1.0, -24);

    @ParameterizedTest
    @CsvSource({"1,1,1", "3,5,7", "13,17,11", "2,129,31", "390,3,2"})
    void agreesWithFloat64(int rows, int in, int out) {
        Samples samples = new Samples(rows + in);
        FloatArray x = samples.normal(rows * in);
        FloatArray w = samples.normal(out * in);
        FloatArray dy = samples.normal(rows * out);
        FloatArray dx = Samples.unwritten(rows * in);
        FloatArray dw = Samples.unwritten(out * in);
        FloatArray db = Samples.unwritten(out);
        LinearGradient.input(dy, w, dx, rows, in, out, 0);
        LinearGradient.weight(dy, x, dw, rows, in, out);
        sum(dy, db, rows, out);

        double[] dx64 = new double[rows * in];
        double[] dxBound = new double[rows * in];
        double[] dw64 = new double[out * in];
        double[] dwBound = new double[out * in];
        double[] db64 = new double[out];
        double[] dbBound = new double[out];
        int chunks = Sums.chunksOf(rows);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < out; j++) {
                double gradient = dy.get(i * out + j);
                db64[j] += gradient;
                dbBound[j] += Math.abs(gradient) * (rows / chunks + chunks) * UNIT;
                for (int k = 0; k < in; k++) {
                    double toX = gradient * w.get(j * in + k);
                    double toW = gradient * x.get(i * in + k);
                    dx64[i * in + k] += toX;
                    dxBound[i * in + k] += Math.abs(toX) * (out + 4) * UNIT;
                    dw64[j * in + k] += toW;
                    dwBound[j * in + k] += Math.abs(toW) * (rows + 4) * UNIT;
                }
            }
        }
        assertClose(dx, dx64, dxBound);
        assertClose(dw, dw64, dwBound);
        assertClose(db, db64, dbBound);

        LinearGradient.input(dy, w, dx, rows, in, out, 1);
        for (int i = 0; i < dx64.length; i++) {
            dx64[i] *= 2;
            dxBound[i] *= 4;
        }
        assertClose(dx, dx64, dxBound);
        if (rows % 3 == 0) {
            FloatArray partial = Samples.unwritten(3 * out * in);
            LinearGradient.weightChunks(dy, x, partial, 3, rows / 3, in, out);
            Sums.total(partial, dw, 3, out * in);
            assertClose(dw, dw64, dwBound);
        }
    }

    private static void sum(FloatArray x, FloatArray y, int rows, int columns) {
        int chunks = Sums.chunksOf(rows);
        FloatArray partial = Samples.unwritten(chunks * columns);
        Sums.chunks(x, partial, chunks, rows / chunks, columns);
        Sums.total(partial, y, chunks, columns);
    }

    @Test
    void manyRowsAreCutIntoEqualChunks() {
        assertThat(LinearGradient.weightChunksOf(4160, 192, 768)).isEqualTo(13);
        assertThat(LinearGradient.weightChunksOf(64, 192, 10)).isEqualTo(1);
        assertThat(LinearGradient.weightChunksOf(4001, 192, 768)).isEqualTo(1); // a prime
        assertThat(LinearGradient.weightChunksOf(4160, 4096, 4096)).isEqualTo(1);
        assertThat(Sums.chunksOf(4160)).isEqualTo(64);
        assertThat(Sums.chunksOf(13)).isEqualTo(1);
    }
}
