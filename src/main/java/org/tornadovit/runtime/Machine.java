package org.tornadovit.runtime;

import java.util.List;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoBackendNotFound;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** The backends of this machine: the JVM first, then what drivers offer, then {@code none}. */
public final class Machine implements TornadoRuntime {
    private static volatile int standard;

    /** For the API, which loads this class by name. */
    public Machine() {}

    private static List<DeviceBackend> backends() {
        return Backends.all();
    }

    /** {@return the device that runs what no other was chosen for} */
    static LogicalDevice defaultDevice() {
        int index = standard;
        return backend(index).getDefaultDevice();
    }

    /**
     * {@return the device that a property names as {@code backend:device}}
     *
     * @param task the task whose property it is
     */
    static LogicalDevice device(String task, String place) {
        String[] parts = place.split(":", -1);
        try {
            return backend(Integer.parseInt(parts[0])).getDevice(Integer.parseInt(parts[1]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new TornadoRuntimeException(
                    "-D" + task + ".device=" + place + " names no device; write backend:device");
        }
    }

    @Override
    public TornadoBackend getBackend(int index) {
        return backend(index);
    }

    /** The JVM's backend needs no driver, so none is loaded for it. */
    private static DeviceBackend backend(int index) {
        if (index == 0) {
            return Backends.JVM;
        }
        if (index < 0 || index >= backends().size()) {
            throw new TornadoBackendNotFound(
                    "there are backends 0 to "
                            + (backends().size() - 1)
                            + " ("
                            + String.join(
                                    ", ", backends().stream().map(DeviceBackend::getName).toList())
                            + "), not "
                            + index);
        }
        return backends().get(index);
    }

    @Override
    public <D extends TornadoBackend> D getBackend(Class<D> type) {
        return type.cast(backend(getBackendIndex(type)));
    }

    @Override
    public <D extends TornadoBackend> int getBackendIndex(Class<D> driverClass) {
        for (int i = 0; i < backends().size(); i++) {
            if (driverClass.isInstance(backends().get(i))) {
                return i;
            }
        }
        throw new TornadoBackendNotFound("there is no backend of " + driverClass);
    }

    @Override
    public TornadoVMBackendType getBackendType(int index) {
        return backend(index).getBackendType();
    }

    @Override
    public int getNumBackends() {
        return backends().size();
    }

    @Override
    public TornadoDevice getDefaultDevice() {
        return defaultDevice();
    }

    @Override
    public void setDefaultBackend(int index) {
        backend(index);
        standard = index;
    }

    @Override
    public boolean isProfilerEnabled() {
        return Settings.isOn(Settings.PROFILER);
    }

    @Override
    public boolean isPowerMonitoringEnabled() {
        return false;
    }

    @Override
    public long getPowerMetric() {
        throw new TornadoRuntimeException(
                "TornadoRuntime.getPowerMetric: no device of this runtime measures power");
    }
}
