package org.tornadovit.nn;

/**
 * How a sliding window walks one axis.
 *
 * @param input extent of the map
 * @param kernel extent of the window
 * @param stride step
 * @param before positions of the border before the map
 * @param output number of windows
 */
public record Window(int input, int kernel, int stride, int before, int output) {

    /** Checks that every window touches the map, as pooling needs. */
    public Window {
        if (input < 1 || kernel < 1 || stride < 1 || before < 0 || before >= kernel || output < 1) {
            throw new IllegalArgumentException(
                    ("A window of %d with step %d and a border of %d does not fit a map of %d;"
                                    + " use a larger image.")
                            .formatted(kernel, stride, before, input));
        }
    }

    /**
     * TensorFlow's SAME: {@code ceil(input / stride)} windows; what the border needs is split
     * evenly, the odd position after the map.
     */
    public static Window same(int input, int kernel, int stride) {
        int output = (input + stride - 1) / stride;
        int border = Math.max((output - 1) * stride + kernel - input, 0);
        return new Window(input, kernel, stride, border / 2, output);
    }

    /** The same {@code border} before and after the map, as torch does it. */
    public static Window symmetric(int input, int kernel, int stride, int border) {
        int output = (input + 2 * border - kernel) / stride + 1;
        return new Window(input, kernel, stride, border, input + 2 * border < kernel ? 0 : output);
    }

    /** {@return the extent that the windows read, border included} */
    public int padded() {
        return (output - 1) * stride + kernel;
    }

    /** {@return whether the windows read anything outside the map} */
    public boolean needsBorder() {
        return before > 0 || padded() > input;
    }
}
