package org.tornadovit.device.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.Range;

/** Groups that the device chooses divide the launch and keep all cores busy. */
class WorkGroupsTest {
    @ParameterizedTest
    @CsvSource({
        "33, 24, 1", // few items, each a group
        "8192, 1, 1",
        "16384, 1, 256",
        "16400, 1, 16",
        "150001, 1, 1", // no divisor of a good size
        "1048576, 1, 256",
        "8, 100000, 8"
    })
    void onAProcessor(long x, long y, long width) {
        assertThat(WorkGroups.of(Range.of(x, y, 1), device(DeviceInfo.Kind.CPU)))
                .hasValue(new long[] {width, 1, 1});
    }

    @Test
    void aGpusDriverChooses() {
        assertThat(WorkGroups.of(Range.of(1000, 1, 1), device(DeviceInfo.Kind.GPU))).isEmpty();
    }

    @Test
    void theUsersChoiceStays() {
        assertThat(WorkGroups.of(new Range(64, 8, 1, 16, 0, 0), device(DeviceInfo.Kind.CPU)))
                .hasValue(new long[] {16, 1, 1});
    }

    private static DeviceInfo device(DeviceInfo.Kind kind) {
        return new DeviceInfo(
                "opencl:0:0",
                DeviceInfo.Backend.OPENCL,
                kind,
                "vendor",
                "model",
                "driver",
                "OpenCL C 1.2",
                2,
                0,
                1 << 30,
                1 << 30,
                1 << 16,
                4096,
                4096,
                4096,
                4096,
                512,
                32,
                true,
                Set.of());
    }
}
