package org.tornadovit.device.opencl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tornadovit.device.Device;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.DeviceInfo.Backend;
import org.tornadovit.device.Discovery;

/**
 * The OpenCL devices of the system, named {@code opencl:P:D} by platform and device in the order of
 * the loader; those that take SPIR-V are {@code spirv:P:D} too. No loader, no driver and no device
 * are no errors but reasons.
 */
public final class OpenClDevices {
    private static final String NO_LOADER =
            "There is no OpenCL loader (libOpenCL.so.1); on Debian: apt-get install"
                    + " ocl-icd-libopencl1 pocl-opencl-icd";
    private static final String NO_DRIVER =
            "The OpenCL loader knows no driver with a device; install the GPU's driver"
                    + " or, for the CPU on Debian, apt-get install pocl-opencl-icd";

    private OpenClDevices() {}

    /** {@return the devices, or why there are none} */
    public static Discovery discover() {
        if (!Library.isPresent()) {
            return Discovery.none(Backend.OPENCL, NO_LOADER + ".");
        }
        List<DeviceInfo> devices = all().stream().map(Properties::info).toList();
        return devices.isEmpty()
                ? Discovery.none(Backend.OPENCL, NO_DRIVER + ".")
                : Discovery.of(Backend.OPENCL, devices);
    }

    /** {@return the devices that take SPIR-V, or why there are none} */
    public static Discovery discoverSpirv() {
        if (!Library.isPresent()) {
            return Discovery.none(Backend.SPIRV, NO_LOADER + " llvm-spirv-15.");
        }
        List<Properties> all = all();
        List<DeviceInfo> devices =
                all.stream().flatMap(p -> spirv(p).stream()).map(Properties::info).toList();
        return !devices.isEmpty()
                ? Discovery.of(Backend.SPIRV, devices)
                : Discovery.none(
                        Backend.SPIRV,
                        all.isEmpty()
                                ? NO_DRIVER + " llvm-spirv-15."
                                : "No OpenCL driver here takes SPIR-V (OpenCL 2.1 or"
                                        + " cl_khr_il_program); for PoCL on Debian: apt-get install"
                                        + " llvm-spirv-15.");
    }

    /**
     * Opens a device.
     *
     * @param name as in {@code opencl:0:0}
     * @throws DeviceException when there is no such device
     */
    public static Device open(String name) {
        return open(name, Library.isPresent() ? all().stream() : Stream.empty());
    }

    /**
     * Opens a device that takes SPIR-V.
     *
     * @param name as in {@code spirv:0:0}
     * @throws DeviceException when there is no such device
     */
    public static Device openSpirv(String name) {
        return open(
                name,
                Library.isPresent()
                        ? all().stream().flatMap(p -> spirv(p).stream())
                        : Stream.empty());
    }

    private static Device open(String name, Stream<Properties> devices) {
        return devices.filter(d -> d.name().equals(name))
                .findFirst()
                .map(OpenClDevice::new)
                .orElseThrow(
                        () -> new DeviceException("There is no OpenCL device '" + name + "'."));
    }

    /** A device as one that takes SPIR-V, if it does in any way. */
    private static Optional<Properties> spirv(Properties device) {
        String name = "spirv" + device.name().substring(device.name().indexOf(':'));
        Optional<Intake> intake =
                device.takesSpirv()
                        ? Optional.of(new Intake.OfSpirv())
                        : device.takesBitcode()
                                ? Translator.forDriver(device.platformVersion())
                                        .map(Intake.OfBitcode::new)
                                : Optional.empty();
        return intake.map(i -> new Properties(device.handle(), device.platform(), name, i));
    }

    private static List<Properties> all() {
        List<Properties> found = new ArrayList<>();
        long[] platforms = Queries.platforms();
        for (int p = 0; p < platforms.length; p++) {
            long[] devices = Queries.devices(platforms[p]);
            for (int d = 0; d < devices.length; d++) {
                String name = "opencl:" + p + ":" + d;
                found.add(new Properties(devices[d], platforms[p], name, new Intake.OfSource()));
            }
        }
        return found;
    }
}
