package org.tornadovit.codegen;

import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.Range;

/** The launch that a loop kernel needs. */
public final class Grids {
    private static final long GPU_GROUP = 128;

    /** Light work-items in a group of a processor: a multiple of its vectors. */
    private static final long CPU_GROUP = 64;

    /** Up to this number of work-items a group of a processor has one: it may do much. */
    private static final long FEW = 8192;

    private Grids() {}

    /**
     * {@return a launch of at least these work-items that suits an OpenCL device}
     *
     * <p>More work-items than needed make groups of a good size where the numbers have no good
     * divisor; those beyond do nothing in a loop kernel.
     */
    public static Range padded(long x, long y, long z, DeviceInfo info) {
        long items = x * y * z;
        return switch (info.kind()) {
            case GPU, ACCELERATOR -> {
                long group = Math.min(GPU_GROUP, Long.highestOneBit(info.maxGroup()));
                long width = Math.min(group, powerOfTwo(x));
                long height = Math.min(group / width, powerOfTwo(y));
                yield new Range(roundedUp(x, width), roundedUp(y, height), z, width, height, 1);
            }
            case CPU -> {
                long width = items <= FEW ? 1 : Math.min(CPU_GROUP, powerOfTwo(x));
                yield new Range(roundedUp(x, width), y, z, width, 1, 1);
            }
            case NONE -> Range.of(x, y, z);
        };
    }

    private static long powerOfTwo(long atLeast) {
        return atLeast <= 1 ? 1 : Long.highestOneBit(atLeast - 1) << 1;
    }

    private static long roundedUp(long size, long unit) {
        return Math.ceilDiv(size, unit) * unit;
    }
}
