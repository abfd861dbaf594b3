package org.tornadovit.gpu;

import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.Devices;
import org.tornadovit.device.Discovery;

/** Prints NVIDIA's devices, or why there are none, which ends it with status 1. */
final class GpuDevices {
    private GpuDevices() {}

    public static void main(String[] arguments) {
        for (Discovery discovery : Devices.discover()) {
            if (discovery.backend() != DeviceInfo.Backend.CUDA) {
                continue;
            }
            for (DeviceInfo info : discovery.devices()) {
                System.out.printf(
                        "%s: %s, %s, %s, %d multiprocessors, %d MiB%n",
                        info.name(),
                        info.model(),
                        info.driver(),
                        info.language(),
                        info.computeUnits(),
                        info.memory() >> 20);
            }
            if (discovery.devices().isEmpty()) {
                System.out.println(discovery.reason());
                System.exit(1);
            }
        }
    }
}
