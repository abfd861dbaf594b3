/**
 * The device {@code jvm}: the processor that runs this JVM. Kernels are class files that extend
 * nothing but {@link org.tornadovit.device.cpu.GeneratedKernel}; they are loaded as hidden classes
 * and run on a pool of threads. Memory is the C heap's, addressed directly. References are never
 * null.
 */
@NullMarked
package org.tornadovit.device.cpu;

import org.jspecify.annotations.NullMarked;
