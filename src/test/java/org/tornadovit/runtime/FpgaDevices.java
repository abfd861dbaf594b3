package org.tornadovit.runtime;

import java.util.Arrays;
import java.util.List;
import org.tornadovit.device.Device;
import org.tornadovit.device.FpgaVendor;
import org.tornadovit.device.opencl.OpenClDevices;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** The first OpenCL device, taking code for FPGAs; never closed. */
public final class FpgaDevices {
    /** The number of the backend in the names of devices. */
    static final int BACKEND = 9;

    private FpgaDevices() {}

    /** {@return a device for each vendor} */
    public static List<TornadoDevice> all() {
        return Arrays.stream(FpgaVendor.values()).<TornadoDevice>map(FpgaDevices::fresh).toList();
    }

    /** {@return a device that has compiled nothing yet; the number of the vendor is its own} */
    static LogicalDevice fresh(FpgaVendor vendor) {
        Device device = OpenClDevices.openFpga("fpga:0:0", vendor);
        return new LogicalDevice(
                device.info(),
                TornadoVMBackendType.OPENCL,
                BACKEND,
                vendor.ordinal(),
                () -> Toolchain.of(device));
    }
}
