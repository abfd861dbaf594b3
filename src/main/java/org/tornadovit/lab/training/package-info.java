/**
 * Training tasks: their runs one after the other, what is kept of them, tables, plots and what the
 * results show.
 *
 * <p>No parameter, result or field of this package is null.
 */
@NullMarked
package org.tornadovit.lab.training;

import org.jspecify.annotations.NullMarked;
