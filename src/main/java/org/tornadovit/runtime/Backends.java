package org.tornadovit.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.tornadovit.device.Device;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.Devices;
import org.tornadovit.device.Discovery;
import org.tornadovit.device.cpu.CpuDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** The backends of the machine; drivers are asked when more than the JVM is wanted. */
final class Backends {
    /** The JVM's backend, which is always there. */
    static final DeviceBackend JVM = jvm();

    private Backends() {}

    /** {@return all backends: the JVM first, {@code none} last} */
    static List<DeviceBackend> all() {
        return Found.ALL;
    }

    /** {@return a line for each backend that misses devices: its name, a colon and the reason} */
    static String absent() {
        return Devices.discover().stream()
                .filter(discovery -> !discovery.reason().isEmpty())
                .map(d -> d.backend().name().toLowerCase(Locale.ROOT) + ": " + d.reason())
                .collect(Collectors.joining("\n"));
    }

    private static final class Found {
        static final List<DeviceBackend> ALL = find();
    }

    private static DeviceBackend jvm() {
        Device device = CpuDevice.open();
        LogicalDevice logical =
                new LogicalDevice(
                        device.info(), TornadoVMBackendType.JAVA, 0, 0, () -> Toolchain.of(device));
        return new DeviceBackend(TornadoVMBackendType.JAVA, List.of(logical));
    }

    private static List<DeviceBackend> find() {
        List<DeviceBackend> backends = new ArrayList<>(List.of(JVM));
        for (Discovery discovery : Devices.discover()) {
            if (discovery.backend() != DeviceInfo.Backend.JVM && !discovery.devices().isEmpty()) {
                backends.add(backend(discovery, backends.size()));
            }
        }
        return List.copyOf(backends);
    }

    private static DeviceBackend backend(Discovery discovery, int backendIndex) {
        TornadoVMBackendType type =
                switch (discovery.backend()) {
                    case JVM -> TornadoVMBackendType.JAVA;
                    case OPENCL, FPGA -> TornadoVMBackendType.OPENCL;
                    case SPIRV, LEVELZERO -> TornadoVMBackendType.SPIRV;
                    case CUDA -> TornadoVMBackendType.PTX;
                    case NONE -> TornadoVMBackendType.VIRTUAL;
                };
        List<LogicalDevice> devices = new ArrayList<>();
        for (DeviceInfo info : discovery.devices()) {
            devices.add(
                    new LogicalDevice(
                            info,
                            type,
                            backendIndex,
                            devices.size(),
                            () -> Toolchain.of(Devices.open(info.name()))));
        }
        return new DeviceBackend(type, devices);
    }
}
