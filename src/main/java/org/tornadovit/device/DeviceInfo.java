package org.tornadovit.device;

import java.util.Set;

/**
 * What a device is and can do. Sizes are in bytes.
 *
 * @param name how the user names it: {@code jvm}, {@code opencl:0:0}, {@code none}
 * @param backend the way it is driven
 * @param kind the sort of hardware
 * @param vendor who made it
 * @param model what it is called
 * @param driver driver or run-time, with its version
 * @param language version of the language its code is written in, as in {@code OpenCL C 1.2}
 * @param computeUnits cores or multiprocessors
 * @param clockMegahertz highest clock, or 0 when unknown
 * @param memory global memory
 * @param maxAllocation largest buffer
 * @param localMemory memory shared by a work-group
 * @param maxGroup most work-items of a group
 * @param maxGroupX most work-items of a group along dimension 0
 * @param maxGroupY most work-items of a group along dimension 1
 * @param maxGroupZ most work-items of a group along dimension 2
 * @param vectorBits width of its vector registers, 0 when it has none
 * @param vectorRegisters number of its vector registers
 * @param sharesHostMemory whether its memory is the host's
 * @param features optional abilities
 */
public record DeviceInfo(
        String name,
        Backend backend,
        Kind kind,
        String vendor,
        String model,
        String driver,
        String language,
        int computeUnits,
        int clockMegahertz,
        long memory,
        long maxAllocation,
        long localMemory,
        int maxGroup,
        int maxGroupX,
        int maxGroupY,
        int maxGroupZ,
        int vectorBits,
        int vectorRegisters,
        boolean sharesHostMemory,
        Set<Feature> features) {
    /** The ways a device is driven. */
    public enum Backend {
        JVM,
        OPENCL,
        SPIRV,
        LEVELZERO,
        CUDA,
        /** OpenCL, for circuits: kernels of one work-item, compiled before the program runs. */
        FPGA,
        NONE
    }

    /** The sorts of hardware. */
    public enum Kind {
        CPU,
        GPU,
        ACCELERATOR,
        NONE
    }

    /** Optional abilities of a device. */
    public enum Feature {
        /** Arithmetic on binary16. */
        FP16,
        /** Arithmetic on binary64. */
        FP64,
        /** Atomic operations on 64-bit integers. */
        ATOMIC64,
        /** Takes SPIR-V. */
        IL
    }

    /** Copies the set. */
    public DeviceInfo {
        features = Set.copyOf(features);
    }

    /** {@return whether the device has an ability} */
    public boolean has(Feature feature) {
        return features.contains(feature);
    }
}
