/**
 * Devices driven through the OpenCL loader of the system, bound with the foreign-function
 * interface: any OpenCL 1.2 driver. Where there is no loader or no driver, {@link
 * org.tornadovit.device.opencl.OpenClDevices} says so and offers no device. References are never
 * null.
 */
@NullMarked
package org.tornadovit.device.opencl;

import org.jspecify.annotations.NullMarked;
