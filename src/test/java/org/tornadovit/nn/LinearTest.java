package org.tornadovit.nn;

import static org.tornadovit.nn.Samples.assertClose;
import static org.tornadovit.nn.Samples.doubles;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class LinearTest {
    private static final double UNIT = Math.scalb(1.0, -24);

    /** Inputs of one size and the float64 truth, with the stated bound for every element. */
    private static final class Case {
        final int rows;
        final int in;
        final int out;
        final FloatArray x;
        final FloatArray w;
        final FloatArray b;
        final FloatArray residual;
        final FloatArray y;

        Case(int rows, int in, int out) {
            Samples samples = new Samples(rows * 31L + in * 7L + out);
            this.rows = rows;
            this.in = in;
            this.out = out;
            x = samples.normal(rows * in);
            w = samples.normal(out * in);
            b = samples.normal(out);
            residual = samples.normal(rows * out);
            y = Samples.unwritten(rows * out);
        }

        void check(double bias, double added, DoubleUnaryOperator epilogue, double slack) {
            double[] expected = new double[rows * out];
            double[] bounds = new double[rows * out];
            double[] a = doubles(x);
            double[] c = doubles(w);
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < out; j++) {
                    double sum = 0;
                    double size = 0;
                    for (int k = 0; k < in; k++) {
                        sum += a[i * in + k] * c[j * in + k];
                        size += Math.abs(a[i * in + k] * c[j * in + k]);
                    }
                    double value = sum + bias * b.get(j) + added * residual.get(i * out + j);
                    size += bias * Math.abs(b.get(j)) + added * Math.abs(residual.get(i * out + j));
                    expected[i * out + j] = epilogue.applyAsDouble(value);
                    bounds[i * out + j] =
                            (in + 4) * UNIT * size * slope(slack)
                                    + slack * Math.max(1, Math.abs(value));
                }
            }
            assertClose(y, expected, bounds);
        }

        /** The steepest of the epilogues, GELU, has a slope of 1.13. */
        private static double slope(double slack) {
            return slack > 0 ? 1.13 : 1.0;
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "3,5,7", "13,17,11", "2,129,31", "5,768,3", "1,3072,2"})
    void everyEpilogueAgreesWithFloat64(int rows, int in, int out) {
        Case c = new Case(rows, in, out);
        Linear.product(c.x, c.w, c.y, rows, in, out);
        c.check(0, 0, v -> v, 0);
        Linear.productAdd(c.x, c.w, c.residual, c.y, rows, in, out);
        c.check(0, 1, v -> v, 0);
        Linear.linear(c.x, c.w, c.b, c.y, rows, in, out);
        c.check(1, 0, v -> v, 0);
        Linear.linearAdd(c.x, c.w, c.b, c.residual, c.y, rows, in, out);
        c.check(1, 1, v -> v, 0);
        Linear.linearRelu(c.x, c.w, c.b, c.y, rows, in, out);
        c.check(1, 0, v -> Math.max(v, 0), 0);
        Linear.linearAddRelu(c.x, c.w, c.b, c.residual, c.y, rows, in, out);
        c.check(1, 1, v -> Math.max(v, 0), 0);
        Linear.linearTanh(c.x, c.w, c.b, c.y, rows, in, out);
        c.check(1, 0, Math::tanh, 2e-7);
        Linear.linearGelu(c.x, c.w, c.b, c.y, rows, in, out);
        c.check(1, 0, GeluTest::gelu, 2e-7);
        Linear.linearGeluTanh(c.x, c.w, c.b, c.y, rows, in, out);
        c.check(1, 0, GeluTest::geluTanh, 3e-7);
    }
}
