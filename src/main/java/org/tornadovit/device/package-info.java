/**
 * Devices: what runs compiled kernels. A {@link org.tornadovit.device.Device} owns memory ({@link
 * org.tornadovit.device.Buffer}), compiles {@link org.tornadovit.device.Code} into a {@link
 * org.tornadovit.device.Program} and runs it through a {@link org.tornadovit.device.Queue}. The
 * packages below hold one kind of device each. References are never null.
 */
@NullMarked
package org.tornadovit.device;

import org.jspecify.annotations.NullMarked;
