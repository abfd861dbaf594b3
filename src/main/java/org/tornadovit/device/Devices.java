package org.tornadovit.device;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.tornadovit.device.DeviceInfo.Backend;
import org.tornadovit.device.cpu.CpuDevice;
import org.tornadovit.device.cuda.CudaDevices;
import org.tornadovit.device.levelzero.LevelZeroDevices;
import org.tornadovit.device.none.NoneDevice;
import org.tornadovit.device.opencl.OpenClDevices;

/**
 * The devices of this machine, by name: {@code jvm}, {@code opencl:P:D} for an OpenCL platform and
 * device, {@code opencl} for the first of them, {@code spirv:P:D} for those of them that take
 * SPIR-V, {@code cuda:N} for NVIDIA's processors, {@code fpga:P:D} for accelerators of OpenCL, and
 * {@code none}, which compiles only.
 */
public final class Devices {
    /**
     * A way to drive devices.
     *
     * @param prefix the names of its devices before the first colon
     */
    private record Driver(
            Backend backend,
            String prefix,
            Supplier<Discovery> discover,
            Function<String, Device> open) {

        /** A driver that fails when it is asked hides its own devices, not those of others. */
        Discovery ask() {
            try {
                return discover.get();
            } catch (DeviceException e) {
                return Discovery.none(backend, String.valueOf(e.getMessage()));
            } catch (LinkageError | NoSuchElementException e) {
                return Discovery.none(
                        backend,
                        "The library of the driver of %s cannot be used (%s); install it anew."
                                .formatted(prefix, e));
            }
        }
    }

    private static final List<Driver> DRIVERS =
            List.of(
                    new Driver(Backend.JVM, "jvm", Devices::processor, _ -> CpuDevice.open()),
                    new Driver(
                            Backend.OPENCL, "opencl", OpenClDevices::discover, OpenClDevices::open),
                    new Driver(
                            Backend.SPIRV,
                            "spirv",
                            OpenClDevices::discoverSpirv,
                            OpenClDevices::openSpirv),
                    new Driver(
                            Backend.LEVELZERO,
                            "levelzero",
                            LevelZeroDevices::discover,
                            LevelZeroDevices::open),
                    new Driver(Backend.CUDA, "cuda", CudaDevices::discover, CudaDevices::open),
                    new Driver(
                            Backend.FPGA,
                            "fpga",
                            OpenClDevices::discoverFpgas,
                            OpenClDevices::openFpga),
                    new Driver(
                            Backend.NONE,
                            "none",
                            () -> Discovery.of(Backend.NONE, NoneDevice.descriptions()),
                            NoneDevice::open));

    private Devices() {}

    /** {@return what was found of each kind of device; drivers are asked once a process} */
    public static List<Discovery> discover() {
        return Found.ALL;
    }

    /** {@return the devices found, the JVM first and those without hardware last} */
    public static List<DeviceInfo> found() {
        return discover().stream().flatMap(d -> d.devices().stream()).toList();
    }

    /**
     * {@return the full name of a device, as in {@code opencl:0:0} for {@code opencl}}
     *
     * @throws DeviceException when there is no such device, saying which there are
     */
    public static String resolve(String name) {
        for (int i = 0; i < DRIVERS.size(); i++) {
            Discovery discovery = discover().get(i);
            if (name.equals(DRIVERS.get(i).prefix) && !discovery.devices().isEmpty()) {
                return discovery.devices().getFirst().name();
            }
            for (DeviceInfo device : discovery.devices()) {
                if (device.name().equals(name)) {
                    return name;
                }
            }
        }
        throw new DeviceException(
                "There is no device '"
                        + name
                        + "'; found are "
                        + found().stream().map(DeviceInfo::name).collect(Collectors.joining(", "))
                        + "."
                        + reason(name));
    }

    /**
     * Opens a device; the caller closes it.
     *
     * @param name as {@link #resolve} takes it
     * @throws DeviceException when there is no such device, saying which there are
     */
    public static Device open(String name) {
        String full = resolve(name);
        return DRIVERS.stream()
                .filter(d -> d.prefix.equals(prefix(full)))
                .findFirst()
                .orElseThrow()
                .open
                .apply(full);
    }

    private static Discovery processor() {
        try (CpuDevice device = CpuDevice.open()) {
            return Discovery.of(Backend.JVM, List.of(device.info()));
        }
    }

    /** Why the kind of device that {@code name} means has none, if it has none. */
    private static String reason(String name) {
        for (int i = 0; i < DRIVERS.size(); i++) {
            String reason = discover().get(i).reason();
            if (DRIVERS.get(i).prefix.equals(prefix(name)) && !reason.isEmpty()) {
                return " " + reason;
            }
        }
        return "";
    }

    private static String prefix(String name) {
        int colon = name.indexOf(':');
        return colon < 0 ? name : name.substring(0, colon);
    }

    /** Asks the drivers when it is first used. */
    private static final class Found {
        static final List<Discovery> ALL = DRIVERS.stream().map(Driver::ask).toList();
    }
}
