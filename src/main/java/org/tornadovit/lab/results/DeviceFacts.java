package org.tornadovit.lab.results;

/**
 * A device as it describes itself.
 *
 * @param name name for the command line, such as {@code jvm} or {@code opencl:0:0}
 * @param description what the device calls itself
 * @param platform the platform or runtime it belongs to
 * @param driver version of its driver or compiler
 * @param type cpu, gpu, accelerator or none
 * @param computeUnits cores or multiprocessors
 * @param memoryMib memory that buffers may use, in MiB
 */
public record DeviceFacts(
        String name,
        String description,
        String platform,
        String driver,
        String type,
        int computeUnits,
        long memoryMib) {}
