package org.tornadovit.passes;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Walker;

/** The lengths of the arrays that a kernel creates, which all devices need as constants. */
public final class Lengths {
    private Lengths() {}

    /** {@return the kernel with the number of elements in place of the length of its arrays} */
    public static Kernel apply(Kernel kernel) {
        Kernel before;
        Kernel current = kernel;
        do { // an array may be as long as another one
            before = current;
            current = replace(current, known(current));
        } while (current != before);
        return current;
    }

    /**
     * {@return the kernel}
     *
     * @throws IllegalArgumentException when an array that it creates has a length that is no
     *     constant
     */
    public static Kernel require(Kernel kernel) {
        new Walker() {
            @Override
            protected void visit(Stmt stmt) {
                if (stmt instanceof Stmt.Allocate(var array, var length, var site)
                        && !(length instanceof Const)) {
                    throw new IllegalArgumentException(
                            (site.method().isEmpty() ? kernel.source() : site)
                                    + ": the length of array "
                                    + array.name()
                                    + " is not known when the kernel is compiled; give it as a"
                                    + " number, as a scalar argument of the task or as the size"
                                    + " of a group");
                }
            }
        }.walk(kernel.body());
        return kernel;
    }

    private static Map<Array, Const> known(Kernel kernel) {
        Map<Array, Const> lengths = new HashMap<>();
        Set<Array> several = new HashSet<>();
        new Walker() {
            @Override
            protected void visit(Stmt stmt) {
                if (stmt instanceof Stmt.Allocate allocate) {
                    Expr length = Simplify.apply(allocate.length());
                    if (!(length instanceof Const c)
                            || !lengths.computeIfAbsent(allocate.array(), _ -> c).equals(c)) {
                        several.add(allocate.array());
                    }
                }
            }
        }.walk(kernel.body());
        lengths.keySet().removeAll(several);
        return lengths;
    }

    private static Kernel replace(Kernel kernel, Map<Array, Const> lengths) {
        return new Rewriter() {
            @Override
            protected Expr visit(Expr expr) {
                return expr instanceof Expr.Length(var array)
                                && lengths.get(array) instanceof Const c
                        ? c
                        : expr;
            }
        }.rewrite(kernel);
    }
}
