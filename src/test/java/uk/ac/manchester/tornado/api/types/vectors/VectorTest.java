package uk.ac.manchester.tornado.api.types.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.HalfFloat;

class VectorTest {
    @Test
    void arithmeticByComponent() {
        Float4 a = new Float4(1, 2, 3, 4);
        Float4 b = new Float4(4, 3, 2, 1);
        assertThat(Float4.add(a, b).toArray()).containsExactly(5, 5, 5, 5);
        assertThat(Float4.sub(a, 1).toArray()).containsExactly(0, 1, 2, 3);
        assertThat(Float4.mult(a, new Int4(2, 2, 2, 2)).toArray()).containsExactly(2, 4, 6, 8);
        assertThat(Float4.div(new Int4(8, 6, 4, 2), b).toArray()).containsExactly(2, 2, 2, 2);
        assertThat(Float4.dot(a, b)).isEqualTo(20);
        assertThat(Float4.max(a, b).toArray()).containsExactly(4, 3, 3, 4);
        assertThat(Float4.min(a)).isEqualTo(1);
        assertThat(Float4.sum(a)).isEqualTo(10);
        assertThat(a.getLow().toArray()).containsExactly(1, 2);
        assertThat(a.getHigh().toArray()).containsExactly(3, 4);
        assertThat(a.asFloat3().getZ()).isEqualTo(3);
        assertThat(a.getArray()).isSameAs(a.getArray());
        assertThat(a.toArray()).isNotSameAs(a.getArray());
    }

    @Test
    void geometry() {
        Float3 x = new Float3(1, 0, 0);
        Float3 y = new Float3(0, 1, 0);
        assertThat(Float3.cross(x, y).toArray()).containsExactly(0, 0, 1);
        assertThat(Float3.length(new Float3(2, 3, 6))).isEqualTo(7);
        assertThat(Float3.normalise(new Float3(0, 0, 5)).getZ()).isEqualTo(1);
        Double2 inPlace = new Double2(3, 4);
        Double2.normalise(inPlace);
        assertThat(inPlace.getX()).isCloseTo(0.6, Offset.offset(1e-15));
        Float2 clamped = new Float2(-1, 9);
        Float2.clamp(clamped, 0, 1);
        assertThat(clamped.toArray()).containsExactly(0, 1);
        Float2 sum = new Float2();
        Float2.add(clamped, clamped, sum);
        assertThat(sum.toArray()).containsExactly(0, 2);
        assertThat(Float3.fract(new Float3(1.25f, -0.25f, 2)).toArray())
                .containsExactly(0.25f, 0.75f, 0);
    }

    @Test
    void narrowIntegersWrap() {
        Byte3 a = new Byte3((byte) 100, (byte) 1, (byte) -128);
        assertThat(Byte3.add(a, a).toArray()).containsExactly(-56, 2, 0);
        assertThat(Short2.mult(new Short2((short) 300, (short) 2), (short) 300).toArray())
                .containsExactly((short) 90000, (short) 600);
    }

    @Test
    void minimumAndMaximumAreJavas() {
        assertThat(Float2.min(new Float2(0f, Float.NaN), new Float2(-0f, 1)).toArray())
                .containsExactly(-0f, Float.NaN);
    }

    @Test
    void halves() {
        Half4 a =
                new Half4(
                        new HalfFloat(1f), new HalfFloat(2f), new HalfFloat(3f), new HalfFloat(4f));
        assertThat(Half4.dot(a, a).getFloat32()).isEqualTo(30);
        assertThat(Half4.add(a, new HalfFloat(1f)).getW().getFloat32()).isEqualTo(5);
        Half2 b = Half2.fromFloats(1, 2);
        assertThat(Half2.highFloat(Half2.fma(b, b, b))).isEqualTo(6);
        assertThat(b).hasToString("{1.000,2.000}");
    }

    @Test
    void textAndBuffers() {
        assertThat(new Float2(1, 2.5f)).hasToString("{1.000,2.500}");
        assertThat(new Short3((short) 1, (short) 2, (short) 3)).hasToString("{  1,  2,  3}");
        Float8 a = new Float8();
        a.loadFromBuffer(FloatBuffer.wrap(new float[] {1, 2, 3, 4, 5, 6, 7, 8}));
        assertThat(a.getS7()).isEqualTo(8);
        assertThat(a.asBuffer().get(3)).isEqualTo(4);
        assertThat(a.getNumBytes()).isEqualTo(32);
        Float8 copy = a.duplicate();
        copy.setS0(9);
        assertThat(a.get(0)).isEqualTo(1);
        assertThat(Float8.isEqual(a, copy)).isFalse();
        assertThat(Float8.findULPDistance(a, a)).isZero();
    }
}
