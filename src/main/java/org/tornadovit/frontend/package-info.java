/**
 * From a task's function to a kernel: method reference or lambda, class file, control flow graph,
 * {@link org.tornadovit.ir.Kernel}.
 *
 * <p>{@link org.tornadovit.frontend.KernelMethod} finds the method, {@link
 * org.tornadovit.frontend.Translator} reads its bytecode. Nothing here needs debug information, and
 * the classes of the TornadoVM API are recognised by name only.
 */
@NullMarked
package org.tornadovit.frontend;

import org.jspecify.annotations.NullMarked;
