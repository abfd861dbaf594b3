package org.tornadovit.runtime;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.utils.TornadoAPIUtils;

/** What a plan's options say about a graph. */
final class GraphOptions {
    private final Map<String, LogicalDevice> taskDevices = new HashMap<>();
    private final Map<TornadoVMBackendType, String> flags =
            new EnumMap<>(TornadoVMBackendType.class);
    private @Nullable LogicalDevice device;
    private @Nullable GridScheduler grids;
    private Storage storage = Storage.FP32;
    private boolean printKernel;
    private boolean threadInfo;
    private boolean concurrentDevices;
    private long memoryLimit = Long.MAX_VALUE;
    private long batchBytes = Long.MAX_VALUE;

    GraphOptions() {}

    /** {@return the options that the {@code tornado.*} properties ask for} */
    static GraphOptions ofSettings() {
        GraphOptions options = new GraphOptions();
        options.printKernel = Settings.isOn(Settings.PRINT_KERNEL);
        options.threadInfo = Settings.isOn(Settings.THREAD_INFO);
        options.concurrentDevices = Settings.isOn(Settings.CONCURRENT_DEVICES);
        Settings.find(Settings.DEVICE_MEMORY)
                .ifPresent(size -> options.memoryLimit = TornadoAPIUtils.parseSize(size));
        return options;
    }

    GraphOptions copy() {
        GraphOptions copy = new GraphOptions();
        copy.taskDevices.putAll(taskDevices);
        copy.flags.putAll(flags);
        copy.storage = storage;
        copy.device = device;
        copy.grids = grids;
        copy.printKernel = printKernel;
        copy.threadInfo = threadInfo;
        copy.concurrentDevices = concurrentDevices;
        copy.memoryLimit = memoryLimit;
        copy.batchBytes = batchBytes;
        return copy;
    }

    /** {@return the device of what no task's device is chosen for} */
    LogicalDevice device() {
        LogicalDevice chosen = device;
        return chosen == null ? Machine.defaultDevice() : chosen;
    }

    void device(LogicalDevice chosen) {
        device = chosen;
        taskDevices.clear();
    }

    /**
     * {@return the device of a task: by option, by property {@code graph.task.device}, or the
     * graph's}
     */
    LogicalDevice device(String task) {
        LogicalDevice own = taskDevices.get(task);
        if (own != null) {
            return own;
        }
        String property = System.getProperty(task + ".device", "");
        return property.isEmpty() ? device() : Machine.device(task, property);
    }

    void device(String task, LogicalDevice chosen) {
        taskDevices.put(task, chosen);
    }

    /** {@return the flags for the compiler of a backend's driver} */
    String flags(TornadoVMBackendType backend) {
        return flags.getOrDefault(backend, "");
    }

    void flags(TornadoVMBackendType backend, String options) {
        Storage.of(options).ifPresent(asked -> storage = asked);
        flags.put(backend, Storage.withoutFlag(options));
    }

    /** {@return how devices store the elements of arrays of floats} */
    Storage storage() {
        return storage;
    }

    @Nullable GridScheduler grids() {
        return grids;
    }

    void grids(@Nullable GridScheduler scheduler) {
        grids = scheduler;
    }

    boolean printKernel() {
        return printKernel;
    }

    void printKernel(boolean on) {
        printKernel = on;
    }

    boolean threadInfo() {
        return threadInfo;
    }

    void threadInfo(boolean on) {
        threadInfo = on;
    }

    boolean concurrentDevices() {
        return concurrentDevices;
    }

    void concurrentDevices(boolean on) {
        concurrentDevices = on;
    }

    long memoryLimit() {
        return memoryLimit;
    }

    void memoryLimit(long bytes) {
        memoryLimit = bytes;
    }

    /** {@return whether arrays are processed a part at a time} */
    boolean isBatched() {
        return batchBytes < Long.MAX_VALUE;
    }

    /** {@return the largest part of an array to process at a time} */
    long batchBytes() {
        return batchBytes;
    }

    void batchBytes(long bytes) {
        batchBytes = bytes;
    }
}
