/**
 * What may be concluded: medians, intervals, tests and crossovers, all deterministic.
 *
 * <p>No parameter, result or field of this package is null.
 */
@NullMarked
package org.tornadovit.lab.statistics;

import org.jspecify.annotations.NullMarked;
