package org.tornadovit.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tornadovit.device.DeviceInfo.Backend;
import org.tornadovit.testing.RequiresDevice;

/** Devices are found and opened by name. */
class DevicesTest {
    @Test
    void theJvmIsFirstAndThoseWithoutHardwareAreLast() {
        List<DeviceInfo> found = Devices.found();
        assertThat(found.getFirst().name()).isEqualTo("jvm");
        assertThat(found.getLast().backend()).isNotEqualTo(Backend.JVM);
        assertThat(found.getLast().kind()).isEqualTo(DeviceInfo.Kind.NONE);
        assertThat(Devices.resolve("none")).isEqualTo("none");
        assertThat(found).extracting(DeviceInfo::name).doesNotHaveDuplicates();
    }

    @Test
    void everyKindHasADeviceOrAReason() {
        assertThat(Devices.discover())
                .extracting(Discovery::backend)
                .containsExactly(
                        Backend.JVM,
                        Backend.OPENCL,
                        Backend.SPIRV,
                        Backend.LEVELZERO,
                        Backend.CUDA,
                        Backend.FPGA,
                        Backend.NONE);
        assertThat(Devices.discover())
                .allSatisfy(
                        d -> assertThat(d.reason().isEmpty()).isEqualTo(!d.devices().isEmpty()));
        assertThatThrownBy(() -> new Discovery(Backend.OPENCL, List.of(), ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyDeviceOpensUnderItsName() {
        for (DeviceInfo info : Devices.found()) {
            try (Device device = Devices.open(info.name())) {
                assertThat(device.info()).isEqualTo(info);
            }
        }
    }

    @Test
    @RequiresDevice("opencl")
    void openclIsTheFirstOpenClDevice() {
        assertThat(Devices.resolve("opencl")).isEqualTo("opencl:0:0");
    }

    @Test
    void anUnknownNameIsRefusedWithThoseThereAre() {
        for (String name : List.of("gpu", "opencl:9:9", "opencl:", "jvm:1", "")) {
            assertThatThrownBy(() -> Devices.open(name))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("'" + name + "'")
                    .hasMessageContaining("found are jvm,");
        }
    }
}
