/**
 * Class files for device {@code jvm}: grid loops become loops over a slice ({@link
 * org.tornadovit.codegen.jvm.GridSlices}), hot loops become methods of their own ({@link
 * org.tornadovit.codegen.jvm.Outline}), vectors become registers of the Vector API. References are
 * never null.
 */
@NullMarked
package org.tornadovit.codegen.jvm;

import org.jspecify.annotations.NullMarked;
