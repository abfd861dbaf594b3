package org.tornadovit.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class SparseMemoryTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1 << 14, (1 << 14) + 7})
    void itIsAnArrayOfZeros(int count) {
        FloatArray array = SparseMemory.floats(count);
        FloatArray other = SparseMemory.floats(count);
        assertThat(array.getSize()).isEqualTo(count);
        assertThat(array.toHeapArray()).isEqualTo(new float[count]);
        array.init(3);
        assertThat(array.toHeapArray()).containsOnly(count == 0 ? new float[0] : new float[] {3});
        assertThat(other.toHeapArray()).isEqualTo(new float[count]);
        assertThat(array.getSegmentWithHeader().get(ValueLayout.JAVA_INT, 0)).isEqualTo(count);
        assertThat(array.getSegment().address() % 64).isZero();
    }

    /** A gigabyte that nobody touches takes next to nothing. */
    @Test
    void whatIsNotTouchedTakesNoMemory() throws IOException {
        Path status = Path.of("/proc/self/status");
        Assumptions.assumeTrue(Files.exists(status), "only Linux tells a process its memory");
        long before = residentKilobytes(status);
        List<FloatArray> arrays = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            arrays.add(SparseMemory.floats(1 << 22));
        }
        assertThat(residentKilobytes(status) - before).isLessThan(200_000);
        assertThat(arrays.getLast().get(1 << 21)).isZero();
    }

    private static long residentKilobytes(Path status) throws IOException {
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
