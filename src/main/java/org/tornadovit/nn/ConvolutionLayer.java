package org.tornadovit.nn;

import java.util.Optional;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task13;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task7;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A convolution as a task: 1x1 with step 1 is a linear layer over pixels, anything else {@link
 * Convolution}.
 *
 * @param rows walk over the rows; its {@code input} counts rows without the border
 * @param columns walk over the columns
 * @param inChannels features of the input
 * @param outChannels features of the output
 */
public record ConvolutionLayer(Window rows, Window columns, int inChannels, int outChannels) {

    /** Checks that the window is square. */
    public ConvolutionLayer {
        if (rows.kernel() != columns.kernel() || rows.stride() != columns.stride()) {
            throw new IllegalArgumentException(
                    "Windows are square, not %s by %s.".formatted(rows, columns));
        }
    }

    /** {@return multiply-accumulates of one image, those on the border included} */
    public long macs() {
        return (long) rows.output()
                * columns.output()
                * outChannels
                * rows.kernel()
                * rows.kernel()
                * inChannels;
    }

    /** {@return the number of output positions} */
    public int positions() {
        return rows.output() * columns.output();
    }

    /** {@return whether the input must lie in a border of zeros first} */
    public boolean needsBorder() {
        return rows.needsBorder() || columns.needsBorder();
    }

    /** {@return {@code x}, or a copy of it with the border that this convolution reads} */
    public FeatureMap padded(Forward forward, Section section, String id, FeatureMap x) {
        if (!needsBorder()) {
            return x;
        }
        FloatArray y = forward.scratch("padded", rows.padded(), columns.padded(), inChannels);
        section.task(
                        id,
                        Padding::pad,
                        x.values(),
                        y,
                        forward.batch(),
                        x.height(),
                        x.width(),
                        inChannels,
                        rows.before(),
                        columns.before(),
                        rows.padded(),
                        columns.padded())
                .adjoint((gradients, to, task) -> crop(gradients, to, task, forward.batch(), x, y));
        return new FeatureMap(y, rows.padded(), columns.padded(), inChannels);
    }

    private void crop(
            Gradients gradients,
            Section section,
            String id,
            int batch,
            FeatureMap x,
            FloatArray y) {
        if (gradients.needs(x.values())) {
            Gradients.Target dx = gradients.into(x.values());
            section.task(
                    id + "_dx",
                    PaddingGradient::crop,
                    gradients.of(y),
                    dx.array(),
                    batch,
                    x.height(),
                    x.width(),
                    inChannels,
                    rows.before(),
                    columns.before(),
                    rows.padded(),
                    columns.padded(),
                    dx.adds());
        }
    }

    /** {@code y = x * w}. */
    public FeatureMap plain(
            Forward forward, Section section, String id, FeatureMap x, FloatArray w, FloatArray y) {
        if (pointwise()) {
            section.task(
                    id,
                    Linear::product,
                    x.values(),
                    w,
                    y,
                    forward.batch() * positions(),
                    inChannels,
                    outChannels);
        } else {
            section.task(
                    id,
                    Convolution::convolution,
                    x.values(),
                    w,
                    y,
                    forward.batch(),
                    x.height(),
                    x.width(),
                    inChannels,
                    rows.output(),
                    columns.output(),
                    outChannels,
                    rows.kernel(),
                    rows.stride());
        }
        FeatureMap written = written(forward, section, y);
        section.adjoint(adjoint(forward, x, w, Optional.empty(), Optional.empty(), y));
        return written;
    }

    /** {@code y = x * w + residual}; 1x1 with step 1 only. */
    public FeatureMap plainAdd(
            Forward forward,
            Section section,
            String id,
            FeatureMap x,
            FloatArray w,
            FeatureMap residual,
            FloatArray y) {
        if (!pointwise()) {
            throw new IllegalArgumentException("Only a 1x1 convolution adds without a bias.");
        }
        section.task(
                id,
                Linear::productAdd,
                x.values(),
                w,
                residual.values(),
                y,
                forward.batch() * positions(),
                inChannels,
                outChannels);
        FeatureMap written = written(forward, section, y);
        Optional<FloatArray> added = Optional.of(residual.values());
        section.adjoint(adjoint(forward, x, w, Optional.empty(), added, y));
        return written;
    }

    /** {@code y = x * w + b}. */
    public FeatureMap bias(
            Forward forward,
            Section section,
            String id,
            FeatureMap x,
            FloatArray w,
            FloatArray b,
            FloatArray y) {
        FeatureMap written =
                biased(
                        forward,
                        section,
                        id,
                        x,
                        w,
                        b,
                        y,
                        Linear::linear,
                        Convolution::convolutionBias);
        section.adjoint(adjoint(forward, x, w, Optional.of(b), Optional.empty(), y));
        return written;
    }

    /** {@code y = max(x * w + b, 0)}. */
    public FeatureMap relu(
            Forward forward,
            Section section,
            String id,
            FeatureMap x,
            FloatArray w,
            FloatArray b,
            FloatArray y) {
        return biased(
                forward, section, id, x, w, b, y, Linear::linearRelu, Convolution::convolutionRelu);
    }

    private FeatureMap biased(
            Forward forward,
            Section section,
            String id,
            FeatureMap x,
            FloatArray w,
            FloatArray b,
            FloatArray y,
            Pointwise pointwise,
            Windowed windowed) {
        if (pointwise()) {
            int positions = forward.batch() * positions();
            section.task(id, pointwise, x.values(), w, b, y, positions, inChannels, outChannels);
        } else {
            section.task(
                    id,
                    windowed,
                    x.values(),
                    w,
                    b,
                    y,
                    forward.batch(),
                    x.height(),
                    x.width(),
                    inChannels,
                    rows.output(),
                    columns.output(),
                    outChannels,
                    rows.kernel(),
                    rows.stride());
        }
        return written(forward, section, y);
    }

    /** {@code y = max(residual + (x * w + b), 0)}. */
    public FeatureMap addRelu(
            Forward forward,
            Section section,
            String id,
            FeatureMap x,
            FloatArray w,
            FloatArray b,
            FeatureMap residual,
            FloatArray y) {
        if (pointwise()) {
            section.task(
                    id,
                    Linear::linearAddRelu,
                    x.values(),
                    w,
                    b,
                    residual.values(),
                    y,
                    forward.batch() * positions(),
                    inChannels,
                    outChannels);
        } else {
            section.task(
                    id,
                    Convolution::convolutionAddRelu,
                    x.values(),
                    w,
                    b,
                    residual.values(),
                    y,
                    forward.batch(),
                    x.height(),
                    x.width(),
                    inChannels,
                    rows.output(),
                    columns.output(),
                    outChannels,
                    rows.kernel(),
                    rows.stride());
        }
        return written(forward, section, y);
    }

    /** A kernel of {@link Linear} with a bias. */
    private interface Pointwise
            extends Task7<
                    FloatArray, FloatArray, FloatArray, FloatArray, Integer, Integer, Integer> {}

    /** A kernel of {@link Convolution} with a bias. */
    private interface Windowed
            extends Task13<
                    FloatArray,
                    FloatArray,
                    FloatArray,
                    FloatArray,
                    Integer,
                    Integer,
                    Integer,
                    Integer,
                    Integer,
                    Integer,
                    Integer,
                    Integer,
                    Integer> {}

    private Adjoint adjoint(
            Forward forward,
            FeatureMap x,
            FloatArray w,
            Optional<FloatArray> bias,
            Optional<FloatArray> residual,
            FloatArray y) {
        int batch = forward.batch();
        return pointwise()
                ? new LinearGradient(
                        x.values(),
                        w,
                        bias,
                        residual,
                        y,
                        batch * positions(),
                        inChannels,
                        outChannels)
                : new ConvolutionGradient(
                        x.values(),
                        w,
                        bias,
                        y,
                        batch,
                        x.height(),
                        x.width(),
                        inChannels,
                        rows.output(),
                        columns.output(),
                        outChannels,
                        rows.kernel(),
                        rows.stride());
    }

    private boolean pointwise() {
        return rows.kernel() == 1 && rows.stride() == 1;
    }

    private FeatureMap written(Forward forward, Section section, FloatArray y) {
        section.macs(
                forward.batch(),
                positions(),
                outChannels,
                rows.kernel(),
                rows.kernel(),
                inChannels);
        return new FeatureMap(y, rows.output(), columns.output(), outChannels);
    }
}
