package org.tornadovit.models;

import org.tornadovit.nn.Adjoint;
import org.tornadovit.nn.ConvolutionLayer;
import org.tornadovit.nn.FeatureMap;
import org.tornadovit.nn.Forward;
import org.tornadovit.nn.Padding;
import org.tornadovit.nn.Pooling;
import org.tornadovit.nn.PoolingGradient;
import org.tornadovit.nn.Section;
import org.tornadovit.nn.Window;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The beginning of every ResNet: a 7x7 convolution and a maximum over 3x3, both with step 2. What
 * lies between them is each model's own.
 *
 * @param convolution windows of the convolution on the image
 * @param pool windows of the maximum
 * @param channels colour channels
 * @param width features
 */
record Root(Window convolution, Window pool, int channels, int width) {

    /** {@return a root with the same border on every side, as torch has it} */
    static Root symmetric(int imageSize, int channels, int width) {
        Window convolution = Window.symmetric(imageSize, 7, 2, 3);
        Window pool = Window.symmetric(convolution.output(), 3, 2, 1);
        return new Root(convolution, pool, channels, width);
    }

    /** {@return a root with TensorFlow's borders} */
    static Root same(int imageSize, int channels, int width) {
        Window convolution = Window.same(imageSize, 7, 2);
        return new Root(convolution, Window.same(convolution.output(), 3, 2), channels, width);
    }

    /** {@return rows, and columns, of the map at the end} */
    int side() {
        return pool.output();
    }

    /** {@return multiply-accumulates of one image} */
    long macs() {
        long half = convolution.output();
        return half * half * width * 49 * channels;
    }

    /** {@return the convolution} */
    ConvolutionLayer layer() {
        return new ConvolutionLayer(convolution, convolution, channels, width);
    }

    /** {@return the image with the border that the convolution needs, features innermost} */
    FeatureMap padded(Forward forward, Section section) {
        int side = convolution.padded();
        FloatArray image = forward.scratch("image", side, side, channels);
        section.task(
                        "pad",
                        Padding::padImage,
                        forward.input(),
                        image,
                        forward.batch(),
                        channels,
                        convolution.input(),
                        convolution.input(),
                        convolution.before(),
                        convolution.before(),
                        side,
                        side)
                .adjoint(Adjoint.NOTHING); // the image needs no gradient
        return new FeatureMap(image, side, side, channels);
    }

    /**
     * {@return the maximum over the windows of a map}
     *
     * @param before border that the map lacks at its top and left
     */
    FeatureMap maximum(Forward forward, Section section, FeatureMap x, int before) {
        FloatArray y = forward.intermediate("stem", "map1", side(), side(), width);
        FeatureMap map = new FeatureMap(y, side(), side(), width);
        section.task(
                        "pool",
                        Pooling::max,
                        x.values(),
                        y,
                        forward.batch(),
                        x.height(),
                        x.width(),
                        width,
                        side(),
                        side(),
                        3,
                        2,
                        before,
                        before)
                .adjoint(PoolingGradient.ofMax(x, map, forward.batch(), 3, 2, before));
        return map;
    }
}
