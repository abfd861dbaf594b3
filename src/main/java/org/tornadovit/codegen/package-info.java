/**
 * Renderers: kernels of the intermediate representation into the languages of devices. The text of
 * a kernel depends on the kernel and the renderer's options alone, so equal kernels give equal text
 * and drivers find them in their caches. References are never null.
 */
@NullMarked
package org.tornadovit.codegen;

import org.jspecify.annotations.NullMarked;
