package uk.ac.manchester.tornado.api.types.collections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.images.ImageByte4;
import uk.ac.manchester.tornado.api.types.images.ImageFloat;
import uk.ac.manchester.tornado.api.types.images.ImageFloat3;
import uk.ac.manchester.tornado.api.types.matrix.Matrix2DFloat;
import uk.ac.manchester.tornado.api.types.matrix.Matrix3DInt;
import uk.ac.manchester.tornado.api.types.matrix.Matrix4x4Float;
import uk.ac.manchester.tornado.api.types.utils.VolumeOps;
import uk.ac.manchester.tornado.api.types.vectors.Byte4;
import uk.ac.manchester.tornado.api.types.vectors.Float3;
import uk.ac.manchester.tornado.api.types.vectors.Float4;
import uk.ac.manchester.tornado.api.types.vectors.Short2;
import uk.ac.manchester.tornado.api.types.volumes.VolumeShort2;

/** Collections, matrices, images and volumes: how their elements lie in one array. */
class CollectionTest {
    @Test
    void vectorsArePacked() {
        VectorFloat3 vectors = new VectorFloat3(4);
        vectors.set(2, new Float3(1, 2, 3));
        assertThat(vectors.getArray().get(7)).isEqualTo(2);
        assertThat(vectors.get(2).getZ()).isEqualTo(3);
        assertThat(vectors.sum().toArray()).containsExactly(1, 2, 3);
        assertThat(vectors.max().getX()).isEqualTo(1);
        assertThat(vectors.getLength()).isEqualTo(4);
        assertThat(vectors.size()).isEqualTo(12);
        assertThat(vectors.vectorWidth()).isEqualTo(3);
        assertThat(vectors.asBuffer().get(8)).isEqualTo(3);
        assertThat(new VectorFloat4(new FloatArray(8)).getLength()).isEqualTo(2);
        assertThatThrownBy(() -> vectors.get(4)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void scalars() {
        VectorFloat a = new VectorFloat(FloatArray.fromElements(1, 2, 3));
        assertThat(VectorFloat.dot(a, a)).isEqualTo(14);
        assertThat(VectorFloat.max(a)).isEqualTo(3);
        assertThat(a.subVector(1, 2).getArray().toHeapArray()).containsExactly(2, 3);
        assertThat(a.isEqual(a.duplicate())).isTrue();
        assertThat(a).hasToString("VectorFloat <3>: 1.000 2.000 3.000");
        assertThatThrownBy(() -> new VectorFloat(4, a.getArray()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void matrices() {
        Matrix2DFloat a = new Matrix2DFloat(new float[][] {{1, 2, 3}, {4, 5, 6}});
        assertThat(a.getNumRows()).isEqualTo(2);
        assertThat(a.getNumColumns()).isEqualTo(3);
        assertThat(a.get(1, 0)).isEqualTo(4);
        assertThat(a.row(1).get(2)).isEqualTo(6);
        assertThat(a.column(1).get(1)).isEqualTo(5);
        Matrix2DFloat b = new Matrix2DFloat(new float[][] {{1, 0}, {0, 1}, {1, 1}});
        Matrix2DFloat product = new Matrix2DFloat(2, 2);
        product.multiply(a, b);
        assertThat(product.get(0, 0)).isEqualTo(4);
        assertThat(product.get(1, 1)).isEqualTo(11);
        Matrix2DFloat.transpose(product);
        assertThat(product.get(0, 1)).isEqualTo(10);
        assertThatThrownBy(() -> Matrix2DFloat.transpose(a))
                .isInstanceOf(IllegalArgumentException.class);
        Matrix3DInt cube = new Matrix3DInt(new int[][][] {{{1, 2}}, {{3, 4}}});
        assertThat(cube.get(1, 0, 1)).isEqualTo(4);
        Matrix4x4Float identity = new Matrix4x4Float();
        identity.identity();
        assertThat(identity.diag().toArray()).containsOnly(1);
        assertThat(identity.row(2).toArray()).containsExactly(0, 0, 1, 0);
    }

    @Test
    void images() {
        ImageFloat image = new ImageFloat(new float[][] {{1, 2, 3}, {4, 5, 6}});
        assertThat(image.X()).isEqualTo(3);
        assertThat(image.Y()).isEqualTo(2);
        assertThat(image.get(0, 1)).isEqualTo(4);
        assertThat(image.mean()).isEqualTo(3.5f);
        assertThat(image.stdDev()).isEqualTo((float) Math.sqrt(35.0 / 12));
        ImageFloat3 colours = new ImageFloat3(2, 2);
        colours.set(1, 1, new Float3(3, 6, 9));
        assertThat(colours.get(3).getY()).isEqualTo(6);
        assertThat(colours.max().toArray()).containsExactly(3, 6, 9);
        assertThat(colours.mean().getX()).isEqualTo(0.75f);
        assertThat(colours.calculateULP(colours.duplicate()).getMaxUlp()).isZero();
        ImageByte4 bytes = new ImageByte4(1, 2);
        bytes.set(0, 1, new Byte4((byte) 1, (byte) 2, (byte) 3, (byte) 4));
        assertThat(bytes.mean()).satisfies(m -> assertThat(m.getW()).isEqualTo(2));
        assertThat(bytes.min()).isInstanceOf(Float4.class);
    }

    @Test
    void aVolumeIsInterpolated() {
        VolumeShort2 volume = new VolumeShort2(4, 4, 4);
        for (int i = 0; i < 64; i++) {
            volume.set(i % 4, i / 4 % 4, i / 16, new Short2((short) (i % 4 * 3276), (short) 1));
        }
        Float3 size = new Float3(4, 4, 4);
        float value = VolumeOps.interp(volume, size, new Float3(2, 2, 2));
        assertThat(value).isCloseTo(1.5f * 3276 / 32766, Offset.offset(1e-6f));
        Float3 gradient = VolumeOps.grad(volume, size, new Float3(2, 2, 2));
        assertThat(gradient.getX()).isCloseTo(3276f / 32766, Offset.offset(1e-6f));
        assertThat(gradient.getY()).isZero();
    }
}
