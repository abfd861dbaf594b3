package org.tornadovit.nn;

import java.util.Optional;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The backward tasks of a {@link GroupNormLayer}: all hang on the task that applies the scales.
 *
 * @param layer the layer
 * @param x input
 * @param moments of the rows of {@code x}
 * @param gamma scales
 * @param beta shifts
 * @param y result, in a border perhaps
 * @param after what happens after the normalisation
 * @param residual what was added before the rectifier, where there is something
 * @param batch images
 */
record GroupNormAdjoint(
        GroupNormLayer layer,
        FeatureMap x,
        FloatArray moments,
        FloatArray gamma,
        FloatArray beta,
        FloatArray y,
        After after,
        Optional<FloatArray> residual,
        int batch)
        implements Adjoint {

    /** What happens after the normalisation. */
    sealed interface After {
        /** Nothing. */
        record Plain() implements After {}

        /** The rectifier. */
        record Relu() implements After {}

        /** The rectifier, into a border. */
        record PaddedRelu(int top, int left, int height, int width) implements After {}
    }

    @Override
    public void write(Gradients gradients, Section section, String id) {
        int channels = layer.channels();
        int groups = layer.groups();
        FloatArray dz = beforeRelu(gradients, section, id);
        FloatArray statistics = gradients.scratch(batch * groups * 2);
        FloatArray products = gradients.scratch(batch * channels);
        FloatArray sums = gradients.scratch(batch * channels);
        section.task(
                id + "_statistics",
                GroupNormGradient::statistics,
                moments,
                statistics,
                batch,
                GroupNormLayer.strips(x),
                x.positions() / GroupNormLayer.strips(x),
                channels,
                groups,
                layer.epsilon());
        section.task(
                id + "_sums",
                GroupNormGradient::channelSums,
                x.values(),
                dz,
                statistics,
                products,
                sums,
                batch,
                x.positions(),
                channels,
                groups);
        parameter(gradients, section, id + "_dgamma", gamma, products);
        parameter(gradients, section, id + "_dbeta", beta, sums);
        if (gradients.needs(x.values())) {
            input(gradients, section, id, dz, statistics, products, sums);
        }
        residual.ifPresent(r -> gradients.pass(section, id + "_dresidual", y, r));
    }

    /** The gradient of the normalised values. */
    private FloatArray beforeRelu(Gradients gradients, Section section, String id) {
        FloatArray dy = gradients.of(y);
        return switch (after) {
            case After.Plain() -> dy;
            case After.Relu() -> {
                section.task(id + "_drelu", Activation::reluGradient, y, dy, y.getSize());
                yield dy;
            }
            case After.PaddedRelu(int top, int left, int height, int width) -> {
                FloatArray dz = gradients.scratch(batch * x.positions() * layer.channels());
                section.task(
                        id + "_drelu",
                        GroupNormGradient::reluCrop,
                        y,
                        dy,
                        dz,
                        batch,
                        x.height(),
                        x.width(),
                        layer.channels(),
                        top,
                        left,
                        height,
                        width);
                yield dz;
            }
        };
    }

    private void parameter(
            Gradients gradients,
            Section section,
            String id,
            FloatArray parameter,
            FloatArray ofImages) {
        if (gradients.needs(parameter)) {
            FloatArray gradient = gradients.only(parameter);
            section.task(id, Sums::total, ofImages, gradient, batch, layer.channels());
        }
    }

    private void input(
            Gradients gradients,
            Section section,
            String id,
            FloatArray dz,
            FloatArray statistics,
            FloatArray products,
            FloatArray sums) {
        int channels = layer.channels();
        FloatArray a = gradients.scratch(batch * channels);
        FloatArray b = gradients.scratch(batch * channels);
        FloatArray c = gradients.scratch(batch * channels);
        section.task(
                id + "_factors",
                GroupNormGradient::groupFactors,
                statistics,
                products,
                sums,
                gamma,
                a,
                b,
                c,
                batch,
                x.positions(),
                channels,
                layer.groups());
        Gradients.Target dx = gradients.into(x.values());
        section.task(
                id + "_dx",
                GroupNormGradient::input,
                x.values(),
                dz,
                a,
                b,
                c,
                dx.array(),
                batch,
                x.positions(),
                channels,
                dx.adds());
    }
}
