package org.tornadovit.io.image;

/**
 * Resizing as Pillow does it, bit for bit: separable, first along rows, then along columns; when
 * shrinking, the kernel is stretched by the ratio (antialias); weights are normalised in float64
 * and rounded to 22-bit fixed point; the image between the passes is 8-bit, rounded and clamped.
 *
 * @see <a href="https://pillow.readthedocs.io/en/stable/handbook/concepts.html#filters">the
 *     filters</a>
 */
final class Resampling {
    /** 32 bits, less 8 of a pixel and 2 of head-room for negative weights. */
    private static final int PRECISION_BITS = 32 - 8 - 2;

    private static final int HALF = 1 << (PRECISION_BITS - 1);

    /**
     * How one axis is resampled: output {@code i} is the sum of inputs {@code first[i] ..} with
     * {@code weights[i]}.
     */
    @SuppressWarnings("ArrayRecordComponent") // internal, not compared
    private record Axis(int[] first, int[][] weights) {

        static Axis of(int inputs, int outputs, Filter filter) {
            double scale = (double) inputs / outputs;
            double stretch = Math.max(scale, 1);
            double support = filter.support() * stretch;
            int[] first = new int[outputs];
            int[][] weights = new int[outputs][];
            for (int i = 0; i < outputs; i++) {
                double centre = (i + 0.5) * scale;
                first[i] = Math.max((int) (centre - support + 0.5), 0);
                int end = Math.min((int) (centre + support + 0.5), inputs);
                double[] exact = new double[end - first[i]];
                double sum = 0;
                for (int k = 0; k < exact.length; k++) {
                    exact[k] = filter.weight((k + first[i] - centre + 0.5) * (1 / stretch));
                    sum += exact[k];
                }
                weights[i] = fixed(exact, sum);
            }
            return new Axis(first, weights);
        }

        private static int[] fixed(double[] exact, double sum) {
            int[] fixed = new int[exact.length];
            for (int k = 0; k < fixed.length; k++) {
                double normal = sum == 0 ? exact[k] : exact[k] / sum;
                fixed[k] = (int) (normal * (1 << PRECISION_BITS) + (normal < 0 ? -0.5 : 0.5));
            }
            return fixed;
        }
    }

    private Resampling() {}

    static RgbImage resize(RgbImage image, int width, int height, Filter filter) {
        RgbImage result = image;
        if (width != image.width()) {
            result = alongRows(result, width, Axis.of(image.width(), width, filter));
        }
        if (height != image.height()) {
            result = alongColumns(result, height, Axis.of(image.height(), height, filter));
        }
        return result;
    }

    private static RgbImage alongRows(RgbImage image, int width, Axis axis) {
        byte[] in = image.pixels();
        byte[] out = new byte[3 * width * image.height()];
        int to = 0;
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < width; x++) {
                int from = 3 * (y * image.width() + axis.first[x]);
                int red = HALF;
                int green = HALF;
                int blue = HALF;
                for (int weight : axis.weights[x]) {
                    red += weight * (in[from] & 255);
                    green += weight * (in[from + 1] & 255);
                    blue += weight * (in[from + 2] & 255);
                    from += 3;
                }
                out[to++] = clamp(red);
                out[to++] = clamp(green);
                out[to++] = clamp(blue);
            }
        }
        return new RgbImage(width, image.height(), out);
    }

    private static RgbImage alongColumns(RgbImage image, int height, Axis axis) {
        int stride = 3 * image.width();
        byte[] in = image.pixels();
        byte[] out = new byte[stride * height];
        int[] sums = new int[stride];
        for (int y = 0; y < height; y++) {
            java.util.Arrays.fill(sums, HALF);
            int from = stride * axis.first[y];
            for (int weight : axis.weights[y]) {
                for (int x = 0; x < stride; x++) {
                    sums[x] += weight * (in[from + x] & 255);
                }
                from += stride;
            }
            for (int x = 0; x < stride; x++) {
                out[y * stride + x] = clamp(sums[x]);
            }
        }
        return new RgbImage(image.width(), height, out);
    }

    private static byte clamp(int sum) {
        return (byte) Math.clamp(sum >> PRECISION_BITS, 0, 255);
    }
}
