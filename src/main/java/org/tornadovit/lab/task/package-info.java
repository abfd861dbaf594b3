/**
 * What the command line does: one class a task, free of terminals and exit codes.
 *
 * <p>No parameter, result or field of this package is null.
 */
@NullMarked
package org.tornadovit.lab.task;

import org.jspecify.annotations.NullMarked;
