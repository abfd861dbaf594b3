package org.tornadovit.passes;

import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Walker;

/**
 * Runs a kernel in the order of its source when it combines values in an element and {@link Reduce}
 * cannot make partial results of it, where the order matters: (x + y) + z is not x + (y + z) on
 * floating point, nor (x * y) * z, so that atomic operations of parallel iterations would give
 * other bits in each run. Integers, minima and maxima do not depend on the order.
 */
final class KeepOrder {
    private KeepOrder() {}

    static Kernel apply(Kernel kernel) {
        boolean[] matters = {false};
        new Walker() {
            @Override
            protected void visit(Stmt stmt) {
                if (stmt instanceof Stmt.For f && f.run().kind() == Run.Kind.PARALLEL) {
                    matters[0] |= rounds(f.body());
                }
            }
        }.walk(kernel.body());
        return matters[0] ? Split.sequential(kernel) : kernel;
    }

    private static boolean rounds(Stmt body) {
        boolean[] found = {false};
        new Walker() {
            @Override
            protected void visit(Stmt stmt) {
                found[0] |=
                        stmt instanceof Stmt.Atomic a
                                && a.array().space() == Space.GLOBAL
                                && a.array().element().isFloat()
                                && a.op() != BinaryOp.MIN
                                && a.op() != BinaryOp.MAX;
            }
        }.walk(body);
        return found[0];
    }
}
