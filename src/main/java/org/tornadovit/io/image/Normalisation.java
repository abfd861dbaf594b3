package org.tornadovit.io.image;

/**
 * The affine map from a channel's level in [0, 255] to a model's input: {@code (level / 255 - mean)
 * / deviation}, rounded to float32 once.
 *
 * @param mean of red, green and blue, in [0, 1]
 * @param deviation of red, green and blue, positive
 */
@SuppressWarnings("ArrayRecordComponent") // constants; not compared
public record Normalisation(double[] mean, double[] deviation) {
    /** To [-1, 1]: ViT, hybrids, BiT, BEiT. Equal to {@code (level - 127.5) / 127.5}. */
    public static final Normalisation HALF = of(0.5, 0.5);

    /** To [0, 1]: MobileViT. */
    public static final Normalisation UNIT = of(0, 1);

    /** By the statistics of ImageNet: torchvision's ResNets, DeiT, Swin, PVT. */
    public static final Normalisation IMAGENET =
            new Normalisation(
                    new double[] {0.485, 0.456, 0.406}, new double[] {0.229, 0.224, 0.225});

    /** Checks that there are three of each and that no deviation is zero. */
    public Normalisation {
        mean = mean.clone();
        deviation = deviation.clone();
        if (mean.length != 3 || deviation.length != 3) {
            throw new IllegalArgumentException("mean and deviation have three channels each");
        }
        for (double value : deviation) {
            if (!(value > 0)) {
                throw new IllegalArgumentException("deviations are positive, not " + value);
            }
        }
    }

    /** {@return the same mean and deviation for all channels} */
    public static Normalisation of(double mean, double deviation) {
        return new Normalisation(
                new double[] {mean, mean, mean}, new double[] {deviation, deviation, deviation});
    }

    @Override
    public double[] mean() {
        return mean.clone();
    }

    @Override
    public double[] deviation() {
        return deviation.clone();
    }

    /**
     * Writes {@code image} as float32 [3, height, width] to {@code target} from {@code offset} on.
     */
    public void apply(RgbImage image, float[] target, int offset) {
        int area = image.width() * image.height();
        byte[] pixels = image.pixels();
        for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
            float[] levels = levels(channel);
            int to = offset + channel * area;
            for (int i = 0; i < area; i++) {
                target[to + i] = levels[pixels[RgbImage.CHANNELS * i + channel] & 255];
            }
        }
    }

    private float[] levels(int channel) {
        float[] levels = new float[256];
        for (int level = 0; level < levels.length; level++) {
            levels[level] = (float) ((level / 255.0 - mean[channel]) / deviation[channel]);
        }
        return levels;
    }
}
