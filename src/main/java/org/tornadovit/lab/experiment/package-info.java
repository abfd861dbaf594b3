/**
 * What is to be measured: experiment files and the cells they stand for.
 *
 * <p>No parameter, result or field of this package is null.
 */
@NullMarked
package org.tornadovit.lab.experiment;

import org.jspecify.annotations.NullMarked;
