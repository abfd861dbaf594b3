package org.tornadovit.bench;

import java.util.Random;
import org.tornadovit.models.BitResNet;
import org.tornadovit.models.Model;
import org.tornadovit.models.ResNet;
import org.tornadovit.models.ResNetStem;
import org.tornadovit.models.Swin;
import org.tornadovit.models.Vit;

/**
 * A model at a batch size.
 *
 * @param name what tables call the model
 * @param model its configuration
 * @param batch images a pass
 */
record Cell(String name, Model model, int batch) {
    /** Transformers are products of matrices, where there is something to win. */
    private static final double TARGET_OF_TRANSFORMERS = 1.1;

    private static final double TARGET_OF_CONVOLUTIONS = 1.0;

    /** {@return images, float32 [batch, channels, imageSize, imageSize], the same for everybody} */
    float[] images() {
        Random random = new Random(1);
        float[] images =
                new float[batch * model.channels() * model.imageSize() * model.imageSize()];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextGaussian();
        }
        return images;
    }

    /** {@return floating-point operations of a pass, in units of 10⁹, direct convolution} */
    double gflop() {
        return 2e-9 * batch * model.macs().total();
    }

    /** {@return how many times as fast as the best peer this project is to be} */
    double target() {
        return switch (model) {
            case Vit vit when vit.configuration().stem() instanceof ResNetStem ->
                    TARGET_OF_CONVOLUTIONS;
            case Vit _, Swin _ -> TARGET_OF_TRANSFORMERS;
            case BitResNet _, ResNet _ -> TARGET_OF_CONVOLUTIONS;
        };
    }

    @Override
    public String toString() {
        return name + " at batch " + batch;
    }
}
