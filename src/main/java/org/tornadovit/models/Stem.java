package org.tornadovit.models;

import java.util.List;
import org.tornadovit.nn.Forward;
import org.tornadovit.nn.OnnxLayers;
import org.tornadovit.nn.Section;
import org.tornadovit.nn.WeightSpec;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The way from an image to the embeddings of its patches. */
public sealed interface Stem permits PatchStem, ResNetStem {

    /**
     * Embeddings in the making.
     *
     * @param section the section that ends with them, for more tasks
     * @param patches float32 [batch, side · side, dim]
     */
    record Embedding(Section section, FloatArray patches) {}

    /**
     * {@return rows, and columns, of the grid of patches}
     *
     * @throws IllegalArgumentException when images of this size cannot be split
     */
    int side(int imageSize);

    /** {@return the weights in the order of the computation} */
    List<WeightSpec> weights(int channels, int dim);

    /** {@return multiply-accumulates of one image} */
    long macs(int imageSize, int channels, int dim);

    /** Writes the stem's sections. */
    Embedding forward(Forward forward, int imageSize, int channels, int dim, Numerics numerics);

    /** {@return the embeddings as an ONNX value, float32 [batch, dim, side, side]} */
    String onnx(OnnxLayers layers, String image, int imageSize, Numerics numerics);
}
