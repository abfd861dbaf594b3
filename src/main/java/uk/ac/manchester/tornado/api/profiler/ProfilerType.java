package uk.ac.manchester.tornado.api.profiler;

/** What a profile can hold; the names are the keys of its JSON form. */
public enum ProfilerType {
    METHOD("Method"),
    IP("IP address"),
    TOTAL_DISPATCH_KERNEL_TIME("Total kernel dispatch time (ns)"),
    TOTAL_DISPATCH_DATA_TRANSFERS_TIME("Total data transfer dispatch time (ns)"),
    COPY_IN_TIME("Time of copies to the device (ns)"),
    COPY_OUT_TIME("Time of copies to the host (ns)"),
    COPY_OUT_TIME_SYNC("Time of copies to the host on demand (ns)"),
    COPY_OUT_SIZE_BYTES_SYNC("Bytes copied to the host on demand"),
    DEVICE_ID("Device number"),
    DEVICE("Device name"),
    ALLOCATION_BYTES("Bytes allocated on the device"),
    TOTAL_COPY_IN_SIZE_BYTES("Bytes copied to the device"),
    TOTAL_COPY_OUT_SIZE_BYTES("Bytes copied to the host"),
    TASK_COMPILE_DRIVER_TIME("Time of the driver's compiler for a task (ns)"),
    TASK_COMPILE_GRAAL_TIME("Time of the bytecode compiler for a task (ns)"),
    TASK_CODE_GENERATION_TIME("Time of code generation for a task (ns)"),
    TASK_KERNEL_TIME("Time of a task on the device (ns)"),
    TOTAL_BYTE_CODE_GENERATION("Time of building the execution's steps (ns)"),
    TOTAL_DRIVER_COMPILE_TIME("Total time of the driver's compiler (ns)"),
    TOTAL_GRAAL_COMPILE_TIME("Total time of the bytecode compiler (ns)"),
    TOTAL_CODE_GENERATION_TIME("Total time of code generation (ns)"),
    TOTAL_KERNEL_TIME("Total time of tasks on devices (ns)"),
    TOTAL_TASK_GRAPH_TIME("Total time of the task graph (ns)"),
    POWER_USAGE_mW("Power of the device (mW)"),
    SYSTEM_POWER_CONSUMPTION_W("Power of the system (W)"),
    SYSTEM_VOLTAGE_V("Voltage of the system (V)"),
    SYSTEM_CURRENT_A("Current of the system (A)"),
    BACKEND("Backend");

    private final String description;

    ProfilerType(String description) {
        this.description = description;
    }

    /** {@return what it is, with its unit} */
    public synchronized String getDescription() {
        return description;
    }
}
