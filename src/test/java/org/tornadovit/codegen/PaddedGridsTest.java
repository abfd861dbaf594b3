package org.tornadovit.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.Range;
import org.tornadovit.ir.Stmt;

/** Launches cover the loops of their kernels. */
class PaddedGridsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 10, 1, 10",
        "0, 10, 3, 4",
        "2, 3, 5, 1",
        "5, 5, 1, 0",
        "7, 3, 1, 0",
        "9, -1, -1, 10",
        "9, 0, -4, 3",
        "-2147483648, 2147483647, 1, 4294967295"
    })
    void tripsOfALoop(long start, long bound, long step, long trips) {
        assertThat(Stmt.For.trips(start, bound, step)).isEqualTo(trips);
    }

    @ParameterizedTest
    @CsvSource({
        "CPU, 33, 24, 1, 33, 24, 1, 1",
        "CPU, 150001, 1, 1, 150016, 1, 64, 1",
        "CPU, 5, 5000, 1, 8, 5000, 8, 1",
        "GPU, 33, 24, 1, 64, 24, 64, 2",
        "GPU, 1, 1, 1, 1, 1, 1, 1",
        "GPU, 3, 50, 2, 4, 64, 4, 32",
        "GPU, 100000, 3, 1, 100096, 3, 128, 1",
        "NONE, 33, 24, 1, 33, 24, 0, 0"
    })
    void paddedLaunches(
            DeviceInfo.Kind kind,
            long x,
            long y,
            long z,
            long paddedX,
            long paddedY,
            long groupX,
            long groupY) {
        Range range = Grids.padded(x, y, z, device(kind));
        assertThat(range)
                .isEqualTo(new Range(paddedX, paddedY, z, groupX, groupY, groupX == 0 ? 0 : 1));
    }

    private static DeviceInfo device(DeviceInfo.Kind kind) {
        return new DeviceInfo(
                "opencl:0:0",
                DeviceInfo.Backend.OPENCL,
                kind,
                "v",
                "m",
                "d",
                "OpenCL C 1.2",
                2,
                0,
                1 << 30,
                1 << 30,
                1 << 16,
                1024,
                1024,
                1024,
                64,
                512,
                32,
                true,
                Set.of());
    }
}
