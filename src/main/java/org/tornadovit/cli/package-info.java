/**
 * The command line: one class a command.
 *
 * <p>No parameter, result or field of this package is null.
 */
@NullMarked
package org.tornadovit.cli;

import org.jspecify.annotations.NullMarked;
