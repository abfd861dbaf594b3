/**
 * SPIR-V modules: one kernel as words. {@link org.tornadovit.codegen.Spirv} is the renderer;
 * references are never null.
 */
@NullMarked
package org.tornadovit.codegen.spirv;

import org.jspecify.annotations.NullMarked;
