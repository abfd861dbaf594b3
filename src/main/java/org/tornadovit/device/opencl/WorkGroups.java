package org.tornadovit.device.opencl;

import java.util.Optional;
import java.util.stream.LongStream;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.Range;

/**
 * The work-groups of a launch that leaves them to the device.
 *
 * <p>A driver for a GPU chooses well. PoCL puts as many work-items as it can into one group, and
 * runs a group on one core; and it compiles a kernel again for each size of a group. So on a
 * processor the size is one of a few, and there are many groups. Starting a group takes about 4 ns
 * there: little for work-items that do much, as few of them do.
 */
final class WorkGroups {
    /** Up to this number of work-items each is a group. */
    private static final long FEW = 8192;

    /** Groups a core that keep all of them busy to the end. */
    private static final long GROUPS_A_CORE = 32;

    private WorkGroups() {}

    /** {@return the sizes of a group along x, y and z, or nothing for the driver's choice} */
    static Optional<long[]> of(Range range, DeviceInfo info) {
        if (range.groupX() + range.groupY() + range.groupZ() > 0) {
            return Optional.of(
                    new long[] {
                        Math.max(1, range.groupX()),
                        Math.max(1, range.groupY()),
                        Math.max(1, range.groupZ())
                    });
        }
        return info.kind() == DeviceInfo.Kind.CPU
                ? Optional.of(new long[] {width(range, info), 1, 1})
                : Optional.empty();
    }

    private static long width(Range range, DeviceInfo info) {
        if (range.items() <= FEW) {
            return 1;
        }
        long most = range.items() / (GROUPS_A_CORE * info.computeUnits());
        return LongStream.of(256, 64, 16, 8, 4, 2)
                .filter(w -> w <= most && w <= info.maxGroupX() && range.x() % w == 0)
                .findFirst()
                .orElse(1);
    }
}
