/**
 * A device that takes everything and runs nothing: compiling a model for it tests and shows the
 * generated code without a device. References are never null.
 */
@NullMarked
package org.tornadovit.device.none;

import org.jspecify.annotations.NullMarked;
