/**
 * How right a model is: few-shot linear evaluation and top-k.
 *
 * <p>No parameter, result or field of this package is null.
 */
@NullMarked
package org.tornadovit.lab.accuracy;

import org.jspecify.annotations.NullMarked;
