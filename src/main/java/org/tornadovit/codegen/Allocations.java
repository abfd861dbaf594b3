package org.tornadovit.codegen;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Walker;

/** The arrays that a kernel makes itself. */
public final class Allocations {
    private Allocations() {}

    /** {@return the constant length of an array, at least 1} */
    public static long length(Stmt.Allocate allocate) {
        if (allocate.length() instanceof Const(_, var length) && length >= 0) {
            return Math.max(1, length);
        }
        throw new IllegalArgumentException(
                "the length of array '" + allocate.array() + "' is not a constant");
    }

    /** {@return the arrays with their lengths, in the order of the kernel's text} */
    public static Map<Array, Long> lengths(Kernel kernel) {
        Map<Array, Long> lengths = new LinkedHashMap<>();
        new Walker() {
            @Override
            protected void visit(Stmt stmt) {
                if (stmt instanceof Stmt.Allocate allocate) {
                    lengths.merge(allocate.array(), length(allocate), Math::max);
                }
            }
        }.walk(kernel.body());
        return lengths;
    }
}
