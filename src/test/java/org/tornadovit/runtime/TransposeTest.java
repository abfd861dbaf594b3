package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoFailureException;
import uk.ac.manchester.tornado.api.types.matrix.Matrix2DDouble;
import uk.ac.manchester.tornado.api.types.matrix.Matrix2DFloat;
import uk.ac.manchester.tornado.api.types.matrix.Matrix2DFloat4;
import uk.ac.manchester.tornado.api.types.matrix.Matrix2DInt;
import uk.ac.manchester.tornado.api.types.vectors.Float4;

/** Matrices that a kernel transposes in place, on each device as in Java. */
class TransposeTest {
    private static final int SIZE = 5;

    static void all(Matrix2DFloat a, Matrix2DDouble b, Matrix2DInt c, Matrix2DFloat4 d) {
        Matrix2DFloat.transpose(a);
        Matrix2DDouble.transpose(b);
        Matrix2DInt.transpose(c);
        Matrix2DFloat4.transpose(d);
    }

    static List<TornadoDevice> devices() {
        return OnDevices.all();
    }

    @ParameterizedTest
    @MethodSource("devices")
    void squares(TornadoDevice device) {
        Matrix2DFloat a = new Matrix2DFloat(SIZE, SIZE);
        Matrix2DDouble b = new Matrix2DDouble(SIZE, SIZE);
        Matrix2DInt c = new Matrix2DInt(SIZE, SIZE);
        Matrix2DFloat4 d = new Matrix2DFloat4(SIZE, SIZE);
        for (int i = 0; i < SIZE; i++) {
            for (int j = 0; j < SIZE; j++) {
                a.set(i, j, i * 10 + j);
                b.set(i, j, i * 10 + j);
                c.set(i, j, i * 10 + j);
                d.set(i, j, new Float4(i, j, i * 10, -j));
            }
        }
        Launch.on(device, Launch.method(TransposeTest.class, "all"), a, b, c, d);
        for (int i = 0; i < SIZE; i++) {
            for (int j = 0; j < SIZE; j++) {
                assertThat(a.get(i, j)).isEqualTo(j * 10 + i);
                assertThat(b.get(i, j)).isEqualTo(j * 10 + i);
                assertThat(c.get(i, j)).isEqualTo(j * 10 + i);
                assertThat(d.get(i, j)).hasToString(new Float4(j, i, j * 10, -i).toString());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void others(TornadoDevice device) {
        Matrix2DFloat a = new Matrix2DFloat(SIZE, SIZE + 1);
        Matrix2DDouble b = new Matrix2DDouble(SIZE, SIZE);
        Matrix2DInt c = new Matrix2DInt(SIZE, SIZE);
        Matrix2DFloat4 d = new Matrix2DFloat4(SIZE, SIZE);
        assertThatThrownBy(() ->
                        Launch.on(device, Launch.method(TransposeTest.class, "all"), a, b, c, d))
                .isInstanceOf(TornadoFailureException.class)
                .hasMessageContaining("a matrix of 6 columns that is not square is transposed");
    }
}
