/**
 * Kernels and layers.
 *
 * <p>A kernel is a static method of plain loops over {@code FloatArray}s: its Java body is its
 * definition, and what a device runs is compiled from it. All arithmetic is float32. Arrays are
 * row-major; feature maps lie channels-last ({@code [batch, height, width, channels]}), so that a
 * 1x1 convolution is a linear layer over pixels and a row of a convolution's window is contiguous;
 * images come in channels-first ({@code [batch, channels, height, width]}). Sums run in ascending
 * index order; those of weight gradients do within a chunk of rows. The arguments of one call never
 * alias unless a kernel says that it works in place.
 *
 * <p>{@code @Parallel} marks loops whose iterations are independent, at most three a nest. Indices
 * of contractions are affine in the loop variables and free of conditions: borders are zeros that
 * {@link org.tornadovit.nn.Padding} or a normalisation has written before.
 *
 * <p>A layer is a method that adds tasks to a {@link org.tornadovit.nn.Section}, which becomes one
 * task graph. Only the TornadoVM API is used, nothing of a runtime. The forward pass also keeps to
 * what TornadoVM itself compiles ({@code <} conditions, constant starts of parallel loops); kernels
 * of the way back, the classes called {@code Gradient}, may ask for more.
 */
@NullMarked
package org.tornadovit.nn;

import org.jspecify.annotations.NullMarked;
