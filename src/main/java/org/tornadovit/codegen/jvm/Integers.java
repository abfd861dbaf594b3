package org.tornadovit.codegen.jvm;

import org.tornadovit.ir.Expr;

/** What is known of the integer values of a kernel. */
public interface Integers {
    /** {@return whether an operation cannot wrap around} */
    boolean isExact(Expr.Binary operation);

    /**
     * {@return the bits that the value of an expression may have set; -1, all of them, when it may
     * be negative}
     */
    long bits(Expr expr);
}
