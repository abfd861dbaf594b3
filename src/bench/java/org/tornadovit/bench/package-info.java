/**
 * Benchmarks: JMH's of single kernels, and comparisons of whole models with peers ({@code
 * scripts/bench}). Each checks its answer before it measures.
 */
@NullMarked
package org.tornadovit.bench;

import org.jspecify.annotations.NullMarked;
