/**
 * Rewrites of kernels between the front end and the renderers, one pass a file. {@link
 * org.tornadovit.passes.Pipeline} is the list, in order. Each pass takes a kernel that the verifier
 * accepts and gives one of the same meaning. References are never null.
 */
@NullMarked
package org.tornadovit.passes;

import org.jspecify.annotations.NullMarked;
