package org.tornadovit.device;

/**
 * The work-items of a launch. A group size of 0 leaves the choice to the device.
 *
 * @param x work-items along dimension 0, which varies fastest
 * @param y work-items along dimension 1
 * @param z work-items along dimension 2
 * @param groupX work-items of a group along dimension 0
 * @param groupY work-items of a group along dimension 1
 * @param groupZ work-items of a group along dimension 2
 */
public record Range(long x, long y, long z, long groupX, long groupY, long groupZ) {
    /** One work-item. */
    public static final Range SINGLE = new Range(1, 1, 1, 1, 1, 1);

    /** Checks that groups divide the range. */
    public Range {
        check(x, groupX, "x");
        check(y, groupY, "y");
        check(z, groupZ, "z");
    }

    /** {@return a range whose groups the device chooses} */
    public static Range of(long x, long y, long z) {
        return new Range(x, y, z, 0, 0, 0);
    }

    /** {@return the number of work-items} */
    public long items() {
        return x * y * z;
    }

    /** {@return the number of work-items along an axis: 0, 1 or 2 for x, y, z} */
    public long size(int axis) {
        return switch (axis) {
            case 0 -> x;
            case 1 -> y;
            case 2 -> z;
            default -> throw new IndexOutOfBoundsException("axis " + axis);
        };
    }

    /** {@return the number of work-items of a group along an axis, 0 for any} */
    public long group(int axis) {
        return switch (axis) {
            case 0 -> groupX;
            case 1 -> groupY;
            case 2 -> groupZ;
            default -> throw new IndexOutOfBoundsException("axis " + axis);
        };
    }

    private static void check(long size, long group, String axis) {
        if (size < 0 || group < 0 || (group > 0 && size % group != 0)) {
            throw new IllegalArgumentException(
                    "range " + size + " along " + axis + " is no multiple of its group " + group);
        }
    }
}
