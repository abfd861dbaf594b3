/**
 * How fast a model is: devices, ceilings, candidates and the runner of a comparison.
 *
 * <p>No parameter, result or field of this package is null.
 */
@NullMarked
package org.tornadovit.lab.measure;

import org.jspecify.annotations.NullMarked;
