package org.tornadovit.models;

import java.util.List;
import java.util.Optional;
import org.tornadovit.io.onnx.OnnxGraph;
import org.tornadovit.nn.Forward.Capture;
import org.tornadovit.nn.Noise;
import org.tornadovit.nn.OnnxLayers;
import org.tornadovit.nn.WeightSpec;
import org.tornadovit.nn.Weights;

/**
 * A configuration of a network for images of one size. Immutable.
 *
 * <p>Images are float32 [batch, channels, imageSize, imageSize], preprocessed as {@link #numerics}
 * say.
 */
public sealed interface Model permits Vit, BitResNet, ResNet, Swin {

    /** {@return the name as in the papers, such as {@code ViT-B/16} or {@code R50x1}} */
    String name();

    /** {@return height and width of the images in pixels} */
    int imageSize();

    /** {@return colour channels of the images} */
    int channels();

    /** {@return classes told apart; 0 when there is no classifier} */
    int classes();

    /** {@return features of an image before the classifier} */
    int featureSize();

    /** {@return the conventions of the code that the weights come from} */
    Numerics numerics();

    /** {@return every weight with its shape, in the order of the computation} */
    List<WeightSpec> weights();

    /** {@return multiply-accumulates of one image, by formula} */
    Macs macs();

    /**
     * {@return how position embeddings lie on the grid of patches, where there are any to resize}
     */
    Optional<PositionGrid> positionGrid();

    /** {@return this for square images of {@code imageSize} pixels} */
    Model withImageSize(int imageSize);

    /** {@return this with another classifier; 0 classes for none} */
    Model withClasses(int classes);

    /** {@return this with other conventions} */
    Model withNumerics(Numerics numerics);

    /**
     * {@return the forward pass for {@code batch} images a run, as task graphs}
     *
     * @param noise what is left out while it learns, in the transformer of a ViT or a hybrid;
     *     ResNets and Swin have no place for it, and it changes nothing there
     */
    BuiltModel build(int batch, Weights weights, Capture capture, Noise noise);

    /** {@return the forward pass for {@code batch} images a run, as task graphs} */
    default BuiltModel build(int batch, Weights weights, Capture capture) {
        return build(batch, weights, capture, Noise.NONE);
    }

    /** {@return the forward pass for {@code batch} images a run, as task graphs} */
    default BuiltModel build(int batch, Weights weights) {
        return build(batch, weights, Capture.NOTHING);
    }

    /**
     * Writes the forward pass as ONNX operations, for any batch.
     *
     * @param layers of an empty graph, with the weights
     * @param image float32 [batch, channels, imageSize, imageSize]
     * @return what the classifier reads, float32 [batch, featureSize]
     */
    String onnxFeatures(OnnxLayers layers, String image);

    /** {@return start of the names of the classifier's weights} */
    String classifier();

    /**
     * {@return the forward pass as an ONNX graph from {@code image} to {@code logits}, or to {@code
     * features} where there is no classifier; constants are read when the graph is written}
     */
    default OnnxGraph onnx(Weights weights) {
        OnnxGraph graph = new OnnxGraph(name());
        OnnxLayers layers = new OnnxLayers(graph, weights);
        String features =
                onnxFeatures(layers, graph.input("image", channels(), imageSize(), imageSize()));
        if (classes() == 0) {
            graph.output(features, featureSize());
        } else {
            graph.output(layers.dense("logits", classifier(), features), classes());
        }
        return graph;
    }

    /** {@return the number of learned values} */
    default long parameterCount() {
        return weights().stream()
                .filter(spec -> spec.kind() == WeightSpec.Kind.PARAMETER)
                .mapToLong(WeightSpec::size)
                .sum();
    }

    /** {@return random weights, for measurements without a checkpoint} */
    default Weights randomWeights(long seed) {
        return Weights.random(weights(), seed);
    }
}
