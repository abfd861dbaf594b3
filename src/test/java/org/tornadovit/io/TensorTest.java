package org.tornadovit.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorTest {

    @Test
    void convertsEveryHalf() {
        byte[] bytes = new byte[2 << 16];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().put(allShorts());
        float[] half = Tensor.of("h", DType.F16, bytes, 1 << 16).toFloats();
        float[] brain = Tensor.of("b", DType.BF16, bytes, 1 << 16).toFloats();
        for (int i = 0; i < 1 << 16; i++) {
            assertThat(Float.floatToRawIntBits(half[i]))
                    .isEqualTo(Float.floatToRawIntBits(Float.float16ToFloat((short) i)));
            assertThat(Float.floatToRawIntBits(brain[i])).isEqualTo(i << 16);
        }
    }

    @Test
    void copiesToAnOffsetAndNowhereElse() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment target = arena.allocate(20);
            Tensor.of("t", new float[] {1, -2}, 2).copyTo(target, 6);
            assertThat(target.get(ValueLayout.JAVA_FLOAT_UNALIGNED, 6)).isEqualTo(1f);
            assertThat(target.get(ValueLayout.JAVA_FLOAT_UNALIGNED, 10)).isEqualTo(-2f);
            assertThat(target.get(ValueLayout.JAVA_SHORT_UNALIGNED, 4)).isZero();
            assertThat(target.get(ValueLayout.JAVA_SHORT_UNALIGNED, 14)).isZero();
            assertThatThrownBy(() -> Tensor.of("t", new float[4], 4).copyTo(target, 8))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "F32, 0000807f, Infinity",
        "F32, 000080ff, -Infinity",
        "F32, 0100c07f, NaN",
        "F16, 007c, Infinity",
        "F16, 01fc, NaN",
        "BF16, 80ff, -Infinity",
        "BF16, c07f, NaN",
        "F64, 000000000000f07f, Infinity",
        "F64, 000000000000f8ff, NaN",
    })
    void findsNonFiniteElements(DType dtype, String hex, String value) {
        byte[] element = java.util.HexFormat.of().parseHex(hex);
        byte[] bytes = new byte[5 * dtype.bytes()];
        System.arraycopy(element, 0, bytes, 3 * dtype.bytes(), element.length);
        assertThatThrownBy(() -> Tensor.of("head.bias", dtype, bytes, 5).requireFinite())
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("head.bias holds %s at element 3 of 5".formatted(value));
    }

    @Test
    void acceptsFiniteElements() {
        float[] extreme = {Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, -0f};
        assertThat(Tensor.of("t", extreme, 4).requireFinite().toFloats()).containsExactly(extreme);
    }

    @Test
    void sizeMustFitTheShape() {
        assertThatThrownBy(() -> Tensor.of("t", new float[3], 2, 2))
                .hasMessageContaining("t is F32 [2, 2], which takes 16 bytes, but has 12");
    }

    private static short[] allShorts() {
        short[] all = new short[1 << 16];
        for (int i = 0; i < all.length; i++) {
            all[i] = (short) i;
        }
        return all;
    }
}
