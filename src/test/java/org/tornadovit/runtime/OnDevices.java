package org.tornadovit.runtime;

import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/**
 * The devices that tests run on: the JVM and what else the machine has; with the system property
 * {@code tornadovit.test.devices} only those whose names begin with its value.
 */
public final class OnDevices {
    private OnDevices() {}

    public static List<TornadoDevice> all() {
        List<TornadoDevice> devices = new ArrayList<>();
        for (TornadoBackend backend : TornadoExecutionPlan.getTornadoDeviceMap().getAllBackends()) {
            if (backend.getBackendType() != TornadoVMBackendType.VIRTUAL) {
                devices.addAll(backend.getAllDevices());
            }
        }
        String wanted = System.getProperty("tornadovit.test.devices", "");
        devices.removeIf(d -> !((LogicalDevice) d).info().name().startsWith(wanted));
        return devices;
    }
}
