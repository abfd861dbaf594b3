/**
 * Images: decoding to 8-bit RGB as Pillow's {@code convert("RGB")} does, resizing equal to Pillow's
 * antialiased bilinear and bicubic filters, and the preprocessing recipes of the model families.
 */
@NullMarked
package org.tornadovit.io.image;

import org.jspecify.annotations.NullMarked;
