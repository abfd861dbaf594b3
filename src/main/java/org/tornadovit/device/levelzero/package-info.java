/**
 * Devices driven through the loader of Level Zero (libze_loader), bound with the foreign-function
 * interface; code for them is SPIR-V. Where there is no loader or no driver, {@link
 * org.tornadovit.device.levelzero.LevelZeroDevices} says so and offers no device. References are
 * never null.
 */
@NullMarked
package org.tornadovit.device.levelzero;

import org.jspecify.annotations.NullMarked;
