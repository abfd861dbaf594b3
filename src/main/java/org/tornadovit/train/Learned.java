package org.tornadovit.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tornadovit.nn.WeightSpec;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A weight that is learned, and what belongs to it.
 *
 * @param spec its declaration
 * @param weight its values
 * @param gradient as the last batch gave it
 * @param sum of the gradients of several batches; {@code gradient} itself when there is one
 * @param states the optimiser's arrays
 * @param average moving average of the weight, one array or none
 */
record Learned(
        WeightSpec spec,
        FloatArray weight,
        FloatArray gradient,
        FloatArray sum,
        List<FloatArray> states,
        List<FloatArray> average) {

    int size() {
        return spec.size();
    }

    /** {@return what is kept of it from step to step beside its values, by kind} */
    Map<String, FloatArray> kept() {
        Map<String, FloatArray> kept = new LinkedHashMap<>();
        for (int i = 0; i < states.size(); i++) {
            kept.put("state%d/".formatted(i), states.get(i));
        }
        average.forEach(array -> kept.put("average/", array));
        if (sum != gradient) {
            kept.put("sum/", sum);
        }
        return kept;
    }
}
