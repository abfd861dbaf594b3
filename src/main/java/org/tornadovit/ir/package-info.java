/**
 * The intermediate representation of kernels: one structured language of loops, scalar and vector
 * expressions and array accesses, between the front end and every renderer.
 *
 * <p>A {@link org.tornadovit.ir.Kernel} is a tree of {@link org.tornadovit.ir.Stmt statements} over
 * mutable {@link org.tornadovit.ir.Var variables} and {@link org.tornadovit.ir.Array arrays}.
 * {@link org.tornadovit.ir.Expr Expressions} are pure apart from reading memory and carry Java's
 * meaning. Nodes compare by identity. References are never null.
 */
@NullMarked
package org.tornadovit.ir;

import org.jspecify.annotations.NullMarked;
