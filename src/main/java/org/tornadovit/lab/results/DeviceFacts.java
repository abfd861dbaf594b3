package org.tornadovit.lab.results;

/**
 * A device as it describes itself.
 *
 * @param name name for the command line, such as {@code jvm} or {@code opencl:0:0}
 * @param description what the device calls itself
 * @param language the language its kernels are translated to, with its version
 * @param driver its platform, driver or compiler, with its version
 * @param type cpu, gpu, accelerator or none
 * @param computeUnits cores or multiprocessors
 * @param memoryMib memory that buffers may use, in MiB
 */
public record DeviceFacts(
        String name,
        String description,
        String language,
        String driver,
        String type,
        int computeUnits,
        long memoryMib) {}
