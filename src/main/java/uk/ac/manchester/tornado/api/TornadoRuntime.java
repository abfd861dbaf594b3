package uk.ac.manchester.tornado.api;

import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** The entry to a runtime: its backends, the default device and machine-wide measurements. */
public interface TornadoRuntime {
    <D extends TornadoBackend> D getBackend(Class<D> type);

    TornadoBackend getBackend(int index);

    <D extends TornadoBackend> int getBackendIndex(Class<D> driverClass);

    TornadoVMBackendType getBackendType(int index);

    TornadoDevice getDefaultDevice();

    int getNumBackends();

    long getPowerMetric();

    boolean isPowerMonitoringEnabled();

    boolean isProfilerEnabled();

    void setDefaultBackend(int index);
}
