package org.tornadovit.io.data;

import org.tornadovit.io.image.RgbImage;

/**
 * An image and its class.
 *
 * @param label index into {@link Dataset#classes()}
 */
public record LabelledImage(RgbImage image, int label) {}
