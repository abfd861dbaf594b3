package org.tornadovit.runtime;

import java.util.List;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoDeviceNotFound;

/** The devices that are driven in one way; there is at least one. */
final class DeviceBackend implements TornadoBackend {
    private final TornadoVMBackendType type;
    private final List<LogicalDevice> devices;
    private volatile int standard;

    DeviceBackend(TornadoVMBackendType type, List<LogicalDevice> devices) {
        this.type = type;
        this.devices = List.copyOf(devices);
    }

    @Override
    public List<TornadoDevice> getAllDevices() {
        return List.copyOf(devices);
    }

    @Override
    public TornadoVMBackendType getBackendType() {
        return type;
    }

    @Override
    public LogicalDevice getDefaultDevice() {
        return devices.get(standard);
    }

    @Override
    public LogicalDevice getDevice(int index) {
        if (index < 0 || index >= devices.size()) {
            throw new TornadoDeviceNotFound(
                    "backend "
                            + type
                            + " has devices 0 to "
                            + (devices.size() - 1)
                            + ", not "
                            + index);
        }
        return devices.get(index);
    }

    @Override
    public String getName() {
        return type.name();
    }

    @Override
    public int getNumDevices() {
        return devices.size();
    }

    @Override
    public int getNumPlatforms() {
        return (int) devices.stream().map(LogicalDevice::getPlatformName).distinct().count();
    }

    @Override
    public TornadoDeviceType getTypeDefaultDevice() {
        return getDefaultDevice().getDeviceType();
    }

    @Override
    public void setDefaultDevice(int index) {
        getDevice(index);
        standard = index;
    }
}
