package org.tornadovit.device.opencl;

import java.util.ArrayList;
import java.util.List;
import org.tornadovit.device.Device;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.DeviceInfo.Backend;
import org.tornadovit.device.Discovery;

/**
 * The OpenCL devices of the system, named {@code opencl:P:D} by platform and device in the order of
 * the loader. No loader, no driver and no device are no errors but reasons.
 */
public final class OpenClDevices {
    private OpenClDevices() {}

    /** {@return the devices, or why there are none} */
    public static Discovery discover() {
        if (!Library.isPresent()) {
            return Discovery.none(
                    Backend.OPENCL,
                    "There is no OpenCL loader (libOpenCL.so.1); on Debian: apt-get install"
                            + " ocl-icd-libopencl1 pocl-opencl-icd.");
        }
        List<DeviceInfo> devices = all().stream().map(Properties::info).toList();
        return devices.isEmpty()
                ? Discovery.none(
                        Backend.OPENCL,
                        "The OpenCL loader knows no driver with a device; install the GPU's driver"
                                + " or, for the CPU on Debian, apt-get install pocl-opencl-icd.")
                : Discovery.of(Backend.OPENCL, devices);
    }

    /**
     * Opens a device.
     *
     * @param name as in {@code opencl:0:0}
     * @throws DeviceException when there is no such device
     */
    public static Device open(String name) {
        if (Library.isPresent()) {
            for (Properties device : all()) {
                if (device.name().equals(name)) {
                    return new OpenClDevice(device);
                }
            }
        }
        throw new DeviceException("There is no OpenCL device '" + name + "'.");
    }

    private static List<Properties> all() {
        List<Properties> found = new ArrayList<>();
        long[] platforms = Queries.platforms();
        for (int p = 0; p < platforms.length; p++) {
            long[] devices = Queries.devices(platforms[p]);
            for (int d = 0; d < devices.length; d++) {
                found.add(new Properties(devices[d], "opencl:" + p + ":" + d));
            }
        }
        return found;
    }
}
