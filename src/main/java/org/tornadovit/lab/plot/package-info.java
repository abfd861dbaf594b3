/**
 * Scatter plots as SVG, with text as text, and as PNG.
 *
 * <p>No parameter, result or field of this package is null.
 */
@NullMarked
package org.tornadovit.lab.plot;

import org.jspecify.annotations.NullMarked;
