package uk.ac.manchester.tornado.api.types.arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.vectors.Half2;

class NativeArrayTest {
    static List<TornadoNativeArray> arrays() {
        return List.of(
                new ByteArray(5),
                new Int8Array(5),
                new FP8Array(5),
                new CharArray(5),
                new ShortArray(5),
                new HalfFloatArray(5),
                new BFloat16Array(5),
                new IntArray(5),
                new FloatArray(5),
                new LongArray(5),
                new DoubleArray(5));
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void newArraysAreZeroAndAligned(TornadoNativeArray array) {
        int bytes = array.getElementSize();
        assertThat(array.getSize()).isEqualTo(5);
        assertThat(array.getNumBytesOfSegment()).isEqualTo(5L * bytes);
        assertThat(array.getNumBytesOfSegmentWithHeader()).isEqualTo(5L * bytes + 16);
        assertThat(array.getSegment().address() % 64).isZero();
        assertThat(array.getSegment().toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
        assertThat(array.getSegmentWithHeader().get(ValueLayout.JAVA_INT, 0)).isEqualTo(5);
        assertThat(array.getSegment().address())
                .isEqualTo(
                        array.getSegmentWithHeader().address() + TornadoNativeArray.ARRAY_HEADER);
        assertThat(array.getClass().getAnnotations()[0].toString()).contains("size=" + bytes);
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void clearZeroes(TornadoNativeArray array) {
        array.getSegment().fill((byte) 7);
        array.clear();
        assertThat(array.getSegment().toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
    }

    @Test
    void indicesAreChecked() {
        FloatArray array = new FloatArray(3);
        assertThatThrownBy(() -> array.get(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> array.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> array.set(-1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new FloatArray(-1)).isInstanceOf(NegativeArraySizeException.class);
    }

    @Test
    void copiesAndViews() {
        FloatArray array = FloatArray.fromElements(1, 2, 3, 4);
        assertThat(array.slice(1, 2).toHeapArray()).containsExactly(2, 3);
        assertThat(FloatArray.concat(array, array).getSize()).isEqualTo(8);
        assertThat(new FloatArray(array, array.slice(0, 1)).toHeapArray())
                .containsExactly(1, 2, 3, 4, 1);
        FloatArray copy = FloatArray.fromSegment(array.getSegment());
        FloatArray view = FloatArray.fromSegmentShallow(array.getSegmentWithHeader());
        array.set(0, 9);
        assertThat(copy.get(0)).isEqualTo(1);
        assertThat(view.get(0)).isEqualTo(9);
        array.init(5);
        assertThat(view.toHeapArray()).containsOnly(5);
    }

    @Test
    void aShallowViewMayBeUnalignedAndReadOnly() {
        MemorySegment file = Arena.ofAuto().allocate(16 + 12 + 1);
        file.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 1 + 16 + 8, 2.5f);
        FloatArray view = FloatArray.fromSegmentShallow(file.asSlice(1).asReadOnly());
        assertThat(view.getSize()).isEqualTo(3);
        assertThat(view.get(2)).isEqualTo(2.5f);
        assertThatThrownBy(() -> FloatArray.fromSegmentShallow(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whole elements");
    }

    @Test
    void buffersKeepTheirOrder() {
        FloatBuffer big =
                ByteBuffer.allocate(8).order(ByteOrder.BIG_ENDIAN).asFloatBuffer().put(0, 1.5f);
        assertThat(FloatArray.fromFloatBuffer(big).toHeapArray()).containsExactly(1.5f, 0);
        assertThat(ByteArray.fromByteBuffer(ByteBuffer.wrap(new byte[] {1, 2, 3}, 1, 2)).getSize())
                .isEqualTo(2);
    }

    @Test
    void halvesInsideOtherArrays() {
        ByteArray bytes = new ByteArray(5);
        bytes.setHalfFloat(1, new HalfFloat(1.5f));
        assertThat(bytes.getHalfFloat(1).getFloat32()).isEqualTo(1.5f);
        HalfFloatArray halves = new HalfFloatArray(4);
        halves.setHalf2(1, Half2.fromFloats(2, 3));
        assertThat(halves.get(2).getFloat32()).isEqualTo(3);
        assertThat(Half2.lowFloat(halves.getHalf2(1))).isEqualTo(2);
        assertThat(halves.toShortArray()[1]).isEqualTo(new HalfFloat(2f).getHalfFloatValue());
        BFloat16Array brain = BFloat16Array.fromFloats(1, 2);
        brain.setFloat(0, 3.14159f);
        assertThat(brain.getFloat(0)).isEqualTo(3.140625f);
        FP8Array eighths = FP8Array.fromFloatsE5M2(1.25f, 1000f);
        assertThat(eighths.getE5M2(1)).isEqualTo(1024);
    }
}
