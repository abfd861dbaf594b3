package uk.ac.manchester.tornado.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.matrix.Matrix2DDouble;
import uk.ac.manchester.tornado.api.types.matrix.Matrix2DFloat;
import uk.ac.manchester.tornado.api.types.matrix.Matrix4x4Float;

class MatrixTest {
    @Test
    void aMatrixTimesItsInverseIsTheIdentity() {
        Random random = new Random(1);
        Matrix4x4Float m = new Matrix4x4Float();
        for (int i = 0; i < 16; i++) {
            m.set(i, random.nextFloat() - 0.5f);
        }
        m.set(0, 0, 0f); // needs a pivot
        Matrix4x4Float inverse = m.duplicate();
        MatrixFloatOps.inverse(inverse);
        Matrix4x4Float product = new Matrix4x4Float();
        MatrixMath.sgemm(m, inverse, product);
        for (int i = 0; i < 16; i++) {
            assertThat(product.get(i)).isCloseTo(i % 5 == 0 ? 1 : 0, Offset.offset(1e-5f));
        }
        assertThatThrownBy(() -> MatrixFloatOps.inverse(new Matrix4x4Float()))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void productsOfOtherShapes() {
        Matrix2DFloat c = new Matrix2DFloat(1, 2);
        MatrixMath.sgemm(
                new Matrix2DFloat(new float[][] {{1, 2, 3}}),
                new Matrix2DFloat(new float[][] {{1, 0}, {0, 1}, {2, 2}}),
                c);
        assertThat(c.get(0, 0)).isEqualTo(7);
        assertThat(c.get(0, 1)).isEqualTo(8);
        Matrix2DDouble d = new Matrix2DDouble(1, 1);
        MatrixMath.dgemm(
                new Matrix2DDouble(new double[][] {{0.1, 0.2}}),
                new Matrix2DDouble(new double[][] {{10}, {5}}),
                d);
        assertThat(d.get(0, 0)).isEqualTo(2);
    }
}
