package org.tornadovit.device.cuda;

import org.tornadovit.device.DeviceException;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.Range;

/** The work-groups of a launch. */
final class Groups {
    /** Work-items of a group where the choice is ours: enough to hide latency, few registers. */
    private static final int USUAL = 256;

    /** The most groups along y and z. */
    private static final int MOST = 65535;

    private Groups() {}

    /**
     * {@return the number of groups along x, y and z, then their sizes}
     *
     * @param most work-items that a group of the function may have
     * @throws DeviceException when a size is beyond what the device or the function can do
     */
    static int[] of(Range range, DeviceInfo info, int most, String entry) {
        boolean chosen = range.groupX() + range.groupY() + range.groupZ() > 0;
        int[] limits = {info.maxGroupX(), info.maxGroupY(), info.maxGroupZ()};
        int[] groups = new int[6];
        int left = Math.min(most, USUAL);
        long items = 1;
        for (int axis = 0; axis < limits.length; axis++) {
            long size =
                    chosen
                            ? Math.max(1, range.group(axis))
                            : divisor(range.size(axis), Math.min(left, limits[axis]));
            items *= size;
            left /= (int) Math.min(left, size);
            long count = range.size(axis) / size;
            if (size > limits[axis]
                    || items > most
                    || count > (axis == 0 ? Integer.MAX_VALUE : MOST)) {
                throw new DeviceException(
                        ("Kernel '%s' cannot run %s: device %s takes up to %d work-items in a group"
                                        + " of it, up to %d along %s, and up to %d groups along y and z; use"
                                        + " other work sizes.")
                                .formatted(
                                        entry,
                                        range,
                                        info.name(),
                                        most,
                                        limits[axis],
                                        "xyz".charAt(axis),
                                        MOST));
            }
            groups[axis] = (int) count;
            groups[axis + limits.length] = (int) size;
        }
        return groups;
    }

    /** The greatest divisor of a size that is no greater than a limit. */
    private static long divisor(long size, int limit) {
        long divisor = Math.max(1, Math.min(size, limit));
        while (size % divisor != 0) {
            divisor--;
        }
        return divisor;
    }
}
