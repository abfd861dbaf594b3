/**
 * NVIDIA's processors through their driver (libcuda), bound with the foreign-function interface;
 * code for them is PTX, which the driver compiles. Where there is no driver, {@link
 * org.tornadovit.device.cuda.CudaDevices} says so and offers no device. References are never null.
 *
 * <p>Functions and structures are those of NVIDIA's "CUDA Driver API" reference manual.
 */
@NullMarked
package org.tornadovit.device.cuda;

import org.jspecify.annotations.NullMarked;
