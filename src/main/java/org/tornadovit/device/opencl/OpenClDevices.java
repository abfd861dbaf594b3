package org.tornadovit.device.opencl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tornadovit.device.Device;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.DeviceInfo.Backend;
import org.tornadovit.device.Discovery;
import org.tornadovit.device.FpgaVendor;
import org.tornadovit.device.Survey;

/**
 * The OpenCL devices of the system, named {@code opencl:P:D} by platform and device in the order of
 * the loader; those that take SPIR-V are {@code spirv:P:D} too, and accelerators, which are taken
 * for FPGAs, are {@code fpga:P:D} instead. No loader, no driver and no device are no errors but
 * reasons.
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
        Survey<Properties> all = all();
        return Discovery.of(
                Backend.OPENCL,
                infos(compiling(all)),
                (all.found().isEmpty() ? NO_DRIVER : "Every OpenCL device here is an FPGA") + ".");
    }

    /** {@return the devices that take SPIR-V, or why there are none} */
    public static Discovery discoverSpirv() {
        if (!Library.isPresent()) {
            return Discovery.none(Backend.SPIRV, NO_LOADER + " llvm-spirv-15.");
        }
        Survey<Properties> all = all();
        return Discovery.of(
                Backend.SPIRV,
                infos(takingSpirv(all)),
                all.found().isEmpty()
                        ? NO_DRIVER + " llvm-spirv-15."
                        : "No OpenCL driver here takes SPIR-V (OpenCL 2.1 or"
                                + " cl_khr_il_program); for PoCL on Debian: apt-get install"
                                + " llvm-spirv-15.");
    }

    /** {@return the FPGAs, or why there are none} */
    public static Discovery discoverFpgas() {
        if (!Library.isPresent()) {
            return Discovery.none(
                    Backend.FPGA,
                    "There is no OpenCL loader (libOpenCL.so.1); install the FPGA's driver.");
        }
        return Discovery.of(
                Backend.FPGA,
                infos(fpgas(all())),
                ("No OpenCL device here is an accelerator; install the FPGA's driver, or have the"
                                + " devices there are take code for FPGAs with -D%s=intel or amd.")
                        .formatted(FpgaVendor.PROPERTY));
    }

    private static Survey<Properties> fpgas(Survey<Properties> all) {
        Optional<FpgaVendor> forced = FpgaVendor.forced();
        return all.then(OpenClDevices::title, p -> p.fpga(forced).map(p::asFpga).stream().toList());
    }

    /** Devices whose driver compiles. */
    private static Survey<Properties> compiling(Survey<Properties> all) {
        return all.then(OpenClDevices::title, p -> p.isAccelerator() ? List.of() : List.of(p));
    }

    private static Survey<Properties> takingSpirv(Survey<Properties> all) {
        return all.then(OpenClDevices::title, p -> spirv(p).stream().toList());
    }

    private static Survey<DeviceInfo> infos(Survey<Properties> devices) {
        return devices.then(OpenClDevices::title, p -> List.of(p.info()));
    }

    private static String title(Properties device) {
        return "OpenCL device " + device.name();
    }

    /**
     * Opens a device.
     *
     * @param name as in {@code opencl:0:0}
     * @throws DeviceException when there is no such device
     */
    public static Device open(String name) {
        return open(name, Library.isPresent() ? compiling(all()) : new Survey<>());
    }

    /**
     * Opens a device that takes SPIR-V.
     *
     * @param name as in {@code spirv:0:0}
     * @throws DeviceException when there is no such device
     */
    public static Device openSpirv(String name) {
        return open(name, Library.isPresent() ? takingSpirv(all()) : new Survey<>());
    }

    /**
     * Opens an FPGA.
     *
     * @param name as in {@code fpga:0:0}
     * @throws DeviceException when there is no such device
     */
    public static Device openFpga(String name) {
        return open(name, Library.isPresent() ? fpgas(all()) : new Survey<>());
    }

    /**
     * Opens any OpenCL device for code of a vendor's FPGAs.
     *
     * @param name as in {@code fpga:0:0}, with the numbers that it has as an OpenCL device
     * @throws DeviceException when there is no such device
     */
    public static Device openFpga(String name, FpgaVendor vendor) {
        return open(
                name,
                Library.isPresent()
                        ? all().then(OpenClDevices::title, p -> List.of(p.asFpga(vendor)))
                        : new Survey<>());
    }

    private static Device open(String name, Survey<Properties> devices) {
        return devices.found().stream()
                .filter(d -> d.name().equals(name))
                .findFirst()
                .map(OpenClDevice::new)
                .orElseThrow(() ->
                        new DeviceException(
                                devices.reason("There is no OpenCL device '" + name + "'.")));
    }

    /** A device as one that takes SPIR-V, if it does in any way. */
    private static Optional<Properties> spirv(Properties device) {
        Optional<Intake> intake =
                device.takesSpirv()
                        ? Optional.of(new Intake.OfSpirv())
                        : device.takesBitcode()
                                ? Translator.forDriver(device.platformVersion())
                                        .map(Intake.OfBitcode::new)
                                : Optional.empty();
        return intake.map(i -> device.as("spirv", i));
    }

    private static Survey<Properties> all() {
        Survey<Properties> survey = new Survey<>();
        long[] platforms = Queries.platforms();
        for (int p = 0; p < platforms.length; p++) {
            int number = p;
            survey.ask("OpenCL platform " + p, () -> of(platforms[number], number));
        }
        return survey;
    }

    private static List<Properties> of(long platform, int number) {
        List<Properties> found = new ArrayList<>();
        long[] devices = Queries.devices(platform);
        for (int d = 0; d < devices.length; d++) {
            String name = "opencl:" + number + ":" + d;
            found.add(new Properties(devices[d], platform, name, new Intake.OfSource()));
        }
        return found;
    }
}
