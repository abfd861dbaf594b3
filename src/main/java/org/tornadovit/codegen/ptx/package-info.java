/** Kernels as PTX text: registers, instructions, and the functions that PTX has not. */
@NullMarked
package org.tornadovit.codegen.ptx;

import org.jspecify.annotations.NullMarked;
