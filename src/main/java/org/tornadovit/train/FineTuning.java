package org.tornadovit.train;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tornadovit.io.InputException;
import org.tornadovit.models.Model;
import org.tornadovit.models.PositionGrid;
import org.tornadovit.models.PositionResize;
import org.tornadovit.nn.WeightSpec;
import org.tornadovit.nn.Weights;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Weights to start from that were trained for another task or size (Dosovitskiy et al. 2021,
 * section 3.2).
 */
public final class FineTuning {
    private FineTuning() {}

    /**
     * {@return the weights of {@code source} for {@code target}: with a classifier of zeros, and
     * positions resized to its grid as the official code does it}
     *
     * @param target the model to train; without the layer before the classifier that pre-training
     *     may have had
     * @throws InputException when any other weight is missing or has another shape
     */
    public static Weights start(Model target, Model source, Weights weights) {
        Map<String, WeightSpec> known = new HashMap<>();
        source.weights().forEach(spec -> known.put(spec.name(), spec));
        Optional<PositionGrid> grid = target.positionGrid();
        Map<String, FloatArray> values = new HashMap<>();
        for (WeightSpec spec : target.weights()) {
            String name = spec.name();
            WeightSpec from = known.get(name);
            if (name.startsWith(target.classifier() + ".")) {
                values.put(name, new FloatArray(spec.size()));
            } else if (from != null && from.shape().equals(spec.shape())) {
                values.put(name, weights.get(name));
            } else if (from != null && grid.isPresent() && grid.get().weight().equals(name)) {
                values.put(name, resized(source, weights.get(name), grid.get()));
            } else {
                throw new InputException(
                        "%s cannot start from %s: its %s of shape %s is %s there."
                                .formatted(
                                        target.name(),
                                        source.name(),
                                        name,
                                        spec.shape(),
                                        from == null ? "missing" : "of shape " + from.shape()));
            }
        }
        return Weights.of(target.weights(), values);
    }

    private static FloatArray resized(Model source, FloatArray table, PositionGrid grid) {
        PositionGrid from = source.positionGrid().orElseThrow();
        if (from.leading() != grid.leading() || from.rows() != from.columns()) {
            throw new InputException(
                    "%s has another number of tokens before the patches.".formatted(source.name()));
        }
        float[] values =
                PositionResize.ALIGN_CORNERS.resize(table.toHeapArray(), from.rows(), grid);
        return Weights.array(values);
    }
}
