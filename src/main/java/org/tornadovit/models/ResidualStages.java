package org.tornadovit.models;

import java.util.ArrayList;
import java.util.List;
import org.tornadovit.nn.FeatureMap;
import org.tornadovit.nn.Forward;
import org.tornadovit.nn.OnnxLayers;
import org.tornadovit.nn.WeightSpec;

/**
 * The stages of a ResNet: from the second on, the first unit of each halves the map and doubles the
 * features.
 *
 * @param units all units in order
 * @param names their names: {@code stage0_unit0}, {@code stage0_unit1}, …
 */
record ResidualStages(List<ResidualUnit> units, List<String> names) {

    /** Makes the units of a ResNet. */
    @FunctionalInterface
    interface Form {
        /**
         * {@return a unit}
         *
         * @param place of the unit
         * @param side rows, and columns, of its input
         * @param in features of its input
         */
        ResidualUnit unit(Place place, int side, int in);
    }

    /**
     * Where a unit stands.
     *
     * @param stage its stage, from 0
     * @param unit its number within the stage, from 0
     * @param width features between its convolutions
     * @param stride step of the convolution that makes the map smaller
     */
    record Place(int stage, int unit, int width, int stride) {}

    /**
     * Lines up units.
     *
     * @param counts number of units of each stage
     * @param side rows, and columns, of the map before the first
     * @param width features of that map
     * @param form makes each of them
     */
    static ResidualStages of(List<Integer> counts, int side, int width, Form form) {
        List<ResidualUnit> units = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int at = side;
        int in = width;
        for (int stage = 0; stage < counts.size(); stage++) {
            for (int unit = 0; unit < counts.get(stage); unit++) {
                int stride = stage > 0 && unit == 0 ? 2 : 1;
                Place place = new Place(stage, unit, width << stage, stride);
                ResidualUnit next = form.unit(place, at, in);
                units.add(next);
                names.add("stage%d_unit%d".formatted(stage, unit));
                at = next.outSide();
                in = next.out();
            }
        }
        return new ResidualStages(units, names);
    }

    /** {@return the weights in the order of the computation} */
    List<WeightSpec> weights() {
        return units.stream().flatMap(unit -> unit.weights().stream()).toList();
    }

    /** {@return multiply-accumulates of one image} */
    long macs() {
        return units.stream().mapToLong(ResidualUnit::macs).sum();
    }

    /** {@return the last map, after all units, each in its own section} */
    FeatureMap forward(Forward forward, FeatureMap first, Numerics numerics) {
        FeatureMap x = first;
        for (int i = 0; i < units.size(); i++) {
            x = units.get(i).forward(forward, names.get(i), "map" + i % 2, x, numerics);
        }
        return x;
    }

    /** {@return the last map as an ONNX value} */
    String onnx(OnnxLayers layers, String first, Numerics numerics) {
        String x = first;
        for (ResidualUnit unit : units) {
            x = unit.onnx(layers, x, numerics);
        }
        return x;
    }
}
