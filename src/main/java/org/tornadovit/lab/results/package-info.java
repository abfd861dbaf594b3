/**
 * What was measured: rows, the crash-safe journal of a run, tables.
 *
 * <p>No parameter, result or field of this package is null.
 */
@NullMarked
package org.tornadovit.lab.results;

import org.jspecify.annotations.NullMarked;
