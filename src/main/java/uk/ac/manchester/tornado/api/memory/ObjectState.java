package uk.ac.manchester.tornado.api.memory;

import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** The states of an object's copies on all devices. */
public interface ObjectState {
    void clear();

    DeviceBufferState getDeviceBufferState(TornadoDevice device);
}
