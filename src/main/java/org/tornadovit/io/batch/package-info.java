/**
 * The input of training: nested subsets, crops, flips and mixtures by counter-based random numbers,
 * batches that a seed determines whatever the number of threads, and a thread that makes them
 * ahead.
 */
@NullMarked
package org.tornadovit.io.batch;

import org.jspecify.annotations.NullMarked;
