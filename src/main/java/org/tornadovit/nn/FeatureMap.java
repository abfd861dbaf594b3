package org.tornadovit.nn;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Features on a grid while a model is being written.
 *
 * @param values float32 [batch, height, width, channels]; may be longer than that
 * @param height rows
 * @param width columns
 * @param channels features of a position
 */
public record FeatureMap(FloatArray values, int height, int width, int channels) {

    /** {@return rows times columns} */
    public int positions() {
        return height * width;
    }
}
