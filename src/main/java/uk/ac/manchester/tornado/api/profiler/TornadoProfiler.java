package uk.ac.manchester.tornado.api.profiler;

/** The sink of a runtime's measurements. */
public interface TornadoProfiler {
    void addValueToMetric(ProfilerType type, String taskName, long value);

    void clean();

    String createJson(StringBuilder json, String sectionName);

    void dump();

    void dumpJson(StringBuilder stringBuffer, String id);

    long getSize(ProfilerType type);

    long getTaskTimer(ProfilerType type, String taskName);

    long getTimer(ProfilerType type);

    void registerBackend(String taskName, String backend);

    void registerDeviceID(String taskName, String deviceID);

    void registerDeviceName(String taskName, String deviceInfo);

    void registerMethodHandle(ProfilerType type, String taskName, String methodName);

    void setSystemPowerConsumption(
            ProfilerType systemPowerConsumptionType, String taskId, long powerConsumption);

    void setSystemVoltage(ProfilerType systemPowerVoltageType, String taskId, long voltage);

    void setTaskPowerUsage(ProfilerType powerUsageType, String taskId, long power);

    void setTaskTimer(ProfilerType totalKernelTime, String taskId, long timer);

    void setTimer(ProfilerType type, long time);

    void start(ProfilerType type);

    void start(ProfilerType type, String taskName);

    void stop(ProfilerType type);

    void stop(ProfilerType type, String taskName);

    void sum(ProfilerType type, long timer);
}
