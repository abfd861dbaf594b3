package org.tornadovit.device.cuda;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tornadovit.device.Device;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.DeviceInfo.Backend;
import org.tornadovit.device.Discovery;

/**
 * NVIDIA's processors in this machine, named {@code cuda:N} in the order of the driver. No driver
 * and no device are no errors but reasons.
 */
public final class CudaDevices {
    private static final String PREFIX = "cuda:";

    private CudaDevices() {}

    /** {@return the devices, or why there are none} */
    public static Discovery discover() {
        if (!Library.isPresent()) {
            return none(
                    "There is no CUDA driver (libcuda.so.1); install the driver of the NVIDIA GPU,"
                            + " if there is one.");
        }
        try {
            Queries.initialise();
            int driver = Queries.version();
            List<DeviceInfo> devices = new ArrayList<>();
            List<String> refused = new ArrayList<>();
            for (int i = 0; i < Queries.count(); i++) {
                int device = Queries.device(i);
                Optional<Language> language = Language.of(Queries.capability(device), driver);
                if (language.isPresent()) {
                    devices.add(Queries.info(device, PREFIX + i, language.get()));
                } else {
                    refused.add(refusal(device, driver));
                }
            }
            return devices.isEmpty()
                    ? none(refused.isEmpty() ? "The driver sees no GPU." : refused.getFirst())
                    : Discovery.of(Backend.CUDA, devices);
        } catch (CudaException e) {
            return none(String.valueOf(e.getMessage()));
        }
    }

    private static String refusal(int device, int driver) {
        Language oldest = Language.values()[0];
        return "%s (sm_%d) with a driver of CUDA %s takes no PTX of this program, which needs %s and CUDA %s or newer."
                .formatted(
                        Queries.model(device),
                        Queries.capability(device),
                        Queries.text(driver),
                        oldest.text(),
                        Queries.text(oldest.driver()));
    }

    private static Discovery none(String reason) {
        return Discovery.none(Backend.CUDA, reason);
    }

    /**
     * Opens a device.
     *
     * @param name as in {@code cuda:0}
     * @throws DeviceException when there is no such device
     */
    public static Device open(String name) {
        return discover().devices().stream()
                .filter(info -> info.name().equals(name))
                .findFirst()
                .map(info -> {
                    int index = Integer.parseInt(name.substring(PREFIX.length()));
                    return new CudaDevice(Queries.device(index), info);
                })
                .orElseThrow(() -> new DeviceException("There is no CUDA device '" + name + "'."));
    }
}
