package uk.ac.manchester.tornado.api.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FloatFormatsTest {
    @Test
    void everyBfloat16SurvivesAFloat() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = BFloat16.bf16ToFloat((short) bits);
            if (!Float.isNaN(value)) {
                assertThat(BFloat16.bf16FromFloat(value)).isEqualTo((short) bits);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0x1.01p0, 3f80", "0x1.03p0, 3f82", "0x1.010002p0, 3f81", "0x1.fffffep127, 7f80"})
    void bfloat16RoundsToEven(float value, String bits) {
        assertThat(Integer.toHexString(BFloat16.bf16FromFloat(value) & 0xFFFF)).isEqualTo(bits);
    }

    @Test
    void nanStaysNan() {
        float odd = Float.intBitsToFloat(0x7F800001);
        assertThat(BFloat16.bf16ToFloat(BFloat16.bf16FromFloat(odd))).isNaN();
        assertThat(FP8.e4m3ToFloat(FP8.e4m3FromFloat(odd))).isNaN();
        assertThat(FP8.e5m2ToFloat(FP8.e5m2FromFloat(odd))).isNaN();
    }

    @Test
    void everyFp8SurvivesAFloat() {
        for (int i = 0; i < 256; i++) {
            byte bits = (byte) i;
            float e4m3 = FP8.e4m3ToFloat(bits);
            if (!Float.isNaN(e4m3)) {
                assertThat(FP8.e4m3FromFloat(e4m3)).isEqualTo(bits);
            }
            float e5m2 = FP8.e5m2ToFloat(bits);
            if (Float.isFinite(e5m2)) {
                assertThat(FP8.e5m2FromFloat(e5m2)).isEqualTo(bits);
            }
        }
    }

    @Test
    void fp8HasItsLandmarks() {
        assertThat(FP8.e4m3ToFloat((byte) 0x7E)).isEqualTo(448);
        assertThat(FP8.e4m3ToFloat((byte) 0x01)).isEqualTo(0x1p-9f);
        assertThat(FP8.e5m2ToFloat((byte) 0x7B)).isEqualTo(57344);
        assertThat(FP8.e5m2ToFloat((byte) 0x7C)).isInfinite();
        assertThat(FP8.e4m3ToFloat(FP8.e4m3FromFloat(Float.NEGATIVE_INFINITY))).isEqualTo(-448);
        assertThat(FP8.e5m2ToFloat(FP8.e5m2FromFloat(1e9f))).isEqualTo(57344);
    }

    @ParameterizedTest
    @ValueSource(floats = {0.3f, 1.0625f, 17f, 100f, 0.0021f, 447f})
    void fp8IsTheNearest(float value) {
        TreeSet<Float> all = new TreeSet<>();
        for (int i = 0; i < 0x7F; i++) {
            all.add(FP8.e4m3ToFloat((byte) i));
        }
        float nearest =
                all.stream()
                        .min((a, b) -> Float.compare(Math.abs(a - value), Math.abs(b - value)))
                        .orElseThrow();
        float rounded = FP8.e4m3ToFloat(FP8.e4m3FromFloat(value));
        assertThat(Math.abs(rounded - value)).isEqualTo(Math.abs(nearest - value));
    }

    @Test
    void halfArithmeticRoundsOnce() {
        HalfFloat third = HalfFloat.div(new HalfFloat(1f), new HalfFloat(3f));
        assertThat(third.getFloat32()).isEqualTo(0.33325195f);
        assertThat(HalfFloat.add(new HalfFloat(2048f), new HalfFloat(1f)).getFloat32())
                .isEqualTo(2048f);
        assertThat(HalfFloat.mult(new HalfFloat(300f), new HalfFloat(300f)).getFloat32())
                .isInfinite();
        assertThat(new HalfFloat((short) 0x3C00)).hasToString("1.0");
    }
}
