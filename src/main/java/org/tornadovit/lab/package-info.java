/**
 * The laboratory: experiments that compare models across devices, their statistics, tables and
 * plots.
 *
 * <p>No parameter, result or field of this package is null.
 */
@NullMarked
package org.tornadovit.lab;

import org.jspecify.annotations.NullMarked;
