package org.tornadovit.nn;

import java.util.Optional;
import org.tornadovit.nn.GroupNormAdjoint.After;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Group normalisation as tasks: moments of strips, scales of channels, application.
 *
 * @param prefix start of its weights' names
 * @param channels features of a position
 * @param groups groups of channels; divides {@code channels}
 * @param epsilon added to the variance
 */
public record GroupNormLayer(String prefix, int channels, int groups, float epsilon) {

    /** Positions of a strip of several rows. */
    private static final int LONGEST = 128;

    private record Scales(FloatArray moments, FloatArray scale, FloatArray shift) {}

    /** Checks that the groups divide the channels. */
    public GroupNormLayer {
        if (groups < 1 || channels % groups != 0) {
            throw new IllegalArgumentException(
                    "%d channels cannot be split into %d groups; choose a width that is a multiple."
                            .formatted(channels, groups));
        }
    }

    /** {@code y = norm(x)}. */
    public FeatureMap plain(
            Forward forward, Section section, String id, FeatureMap x, FloatArray y) {
        Scales scales = scales(forward, section, id, x);
        section.task(
                        id,
                        GroupNorm::normalize,
                        x.values(),
                        scales.scale,
                        scales.shift,
                        y,
                        forward.batch(),
                        x.positions(),
                        channels)
                .adjoint(adjoint(forward, x, scales, y, new After.Plain(), Optional.empty()));
        return new FeatureMap(y, x.height(), x.width(), channels);
    }

    /** {@code y = max(norm(x), 0)}. */
    public FeatureMap relu(
            Forward forward, Section section, String id, FeatureMap x, FloatArray y) {
        Scales scales = scales(forward, section, id, x);
        section.task(
                        id,
                        GroupNorm::normalizeRelu,
                        x.values(),
                        scales.scale,
                        scales.shift,
                        y,
                        forward.batch(),
                        x.positions(),
                        channels)
                .adjoint(adjoint(forward, x, scales, y, new After.Relu(), Optional.empty()));
        return new FeatureMap(y, x.height(), x.width(), channels);
    }

    /** {@code y = max(norm(x), 0)} in the border that {@code next} reads, if it needs one. */
    public FeatureMap reluFor(
            Forward forward, Section section, String id, FeatureMap x, ConvolutionLayer next) {
        Window rows = next.rows();
        Window columns = next.columns();
        if (!next.needsBorder()) {
            return relu(forward, section, id, x, forward.scratch(id, x.positions(), channels));
        }
        Scales scales = scales(forward, section, id, x);
        FloatArray y = forward.scratch(id, rows.padded(), columns.padded(), channels);
        section.task(
                        id,
                        GroupNorm::normalizeReluPadded,
                        x.values(),
                        scales.scale,
                        scales.shift,
                        y,
                        forward.batch(),
                        x.height(),
                        x.width(),
                        channels,
                        rows.before(),
                        columns.before(),
                        rows.padded(),
                        columns.padded())
                .adjoint(
                        adjoint(
                                forward,
                                x,
                                scales,
                                y,
                                new After.PaddedRelu(
                                        rows.before(),
                                        columns.before(),
                                        rows.padded(),
                                        columns.padded()),
                                Optional.empty()));
        return new FeatureMap(y, rows.padded(), columns.padded(), channels);
    }

    /** {@code y = max(norm(x) + residual, 0)}. */
    public FeatureMap addRelu(
            Forward forward,
            Section section,
            String id,
            FeatureMap x,
            FeatureMap residual,
            FloatArray y) {
        Scales scales = scales(forward, section, id, x);
        section.task(
                        id,
                        GroupNorm::normalizeAddRelu,
                        x.values(),
                        scales.scale,
                        scales.shift,
                        residual.values(),
                        y,
                        forward.batch(),
                        x.positions(),
                        channels)
                .adjoint(
                        adjoint(
                                forward,
                                x,
                                scales,
                                y,
                                new After.Relu(),
                                Optional.of(residual.values())));
        return new FeatureMap(y, x.height(), x.width(), channels);
    }

    private Scales scales(Forward forward, Section section, String id, FeatureMap x) {
        int length = x.positions() / strips(x);
        FloatArray moments = forward.scratch("moments", strips(x), 2, channels);
        Scales scales =
                new Scales(
                        moments,
                        forward.scratch("scale", channels),
                        forward.scratch("shift", channels));
        section.task(
                        id + "_moments",
                        GroupNorm::stripMoments,
                        x.values(),
                        moments,
                        forward.batch() * strips(x),
                        length,
                        channels)
                .adjoint(Adjoint.NOTHING);
        section.task(
                        id + "_scales",
                        GroupNorm::channelScales,
                        moments,
                        forward.weights().get(prefix + ".weight"),
                        forward.weights().get(prefix + ".bias"),
                        scales.scale,
                        scales.shift,
                        forward.batch(),
                        strips(x),
                        length,
                        channels,
                        groups,
                        epsilon)
                .adjoint(Adjoint.NOTHING);
        return scales;
    }

    private GroupNormAdjoint adjoint(
            Forward forward,
            FeatureMap x,
            Scales scales,
            FloatArray y,
            After after,
            Optional<FloatArray> residual) {
        return new GroupNormAdjoint(
                this,
                x,
                scales.moments,
                forward.weights().get(prefix + ".weight"),
                forward.weights().get(prefix + ".bias"),
                y,
                after,
                residual,
                forward.batch());
    }

    /** {@return the strips of an image: rows, several together where they are short} */
    static int strips(FeatureMap x) {
        int rows = 1;
        for (int together = 2; together * x.width() <= LONGEST; together++) {
            rows = x.height() % together == 0 ? together : rows;
        }
        return x.height() / rows;
    }
}
