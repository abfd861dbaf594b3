package org.tornadovit.codegen.jvm;

import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Walker;

/**
 * Which loops run two iterations a turn. The just-in-time compiler unrolls short bodies itself and
 * leaves long ones; a loop over a register tile then spends as many instructions on addresses as on
 * arithmetic. Two iterations share them; four would be more than its first stage can compile.
 */
final class Pairs {
    private static final int LEAST_VECTOR_OPERATIONS = 8;
    private static final int MOST_NODES = 150;

    private Pairs() {}

    static boolean isWorthwhile(Stmt.For f) {
        if (!(f.start() instanceof Const start)
                || !(f.bound() instanceof Const bound)
                || !f.index().type().equals(Type.I32)
                || f.step() <= 0
                || bound.bits() - start.bits() < 4 * f.step()
                || bound.bits() - f.step() < Integer.MIN_VALUE
                || Parts.hasAnyLoop(f.body())) {
            return false;
        }
        int[] operations = {0};
        int[] nodes = {0};
        new Walker() {
            @Override
            protected void visit(Expr expr) {
                nodes[0]++;
                boolean computes = expr instanceof Expr.Call || expr instanceof Expr.Binary;
                operations[0] += computes && expr.type().isVector() ? 1 : 0;
            }
        }.walk(f.body());
        return operations[0] >= LEAST_VECTOR_OPERATIONS && nodes[0] <= MOST_NODES;
    }
}
