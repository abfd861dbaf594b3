package uk.ac.manchester.tornado.api;

import java.util.List;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** The devices that one driver offers, for example all OpenCL devices. */
public interface TornadoBackend {
    List<TornadoDevice> getAllDevices();

    TornadoVMBackendType getBackendType();

    TornadoDevice getDefaultDevice();

    TornadoDevice getDevice(int index);

    String getName();

    int getNumDevices();

    int getNumPlatforms();

    TornadoDeviceType getTypeDefaultDevice();

    void setDefaultDevice(int index);
}
