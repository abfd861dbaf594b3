package org.tornadovit.models;

import java.util.List;
import org.tornadovit.nn.FeatureMap;
import org.tornadovit.nn.Forward;
import org.tornadovit.nn.OnnxLayers;
import org.tornadovit.nn.WeightSpec;

/** Convolutions whose result is added to their input, on square maps. */
sealed interface ResidualUnit permits ClassicUnit, PreActivationUnit, BottleneckUnit {
    /** {@return rows, and columns, of the output} */
    int outSide();

    /** {@return features of the output} */
    int out();

    /** {@return the weights in the order of the computation} */
    List<WeightSpec> weights();

    /** {@return multiply-accumulates of one image} */
    long macs();

    /**
     * Writes the unit as a section of its own.
     *
     * @param name name of the section, and of the intermediate that it ends with
     * @param role scratch array of the result; not that of {@code x}
     */
    FeatureMap forward(Forward forward, String name, String role, FeatureMap x, Numerics numerics);

    /** {@return the unit's result as an ONNX value} */
    String onnx(OnnxLayers layers, String x, Numerics numerics);
}
