package org.tornadovit.frontend;

import java.util.List;
import org.tornadovit.ir.Expr;

/** How a basic block ends. */
sealed interface Exit {
    /** Always goes on at {@code target}. */
    record Goto(Block target) implements Exit {}

    /** Goes on at one of two blocks. */
    record Branch(Expr condition, Block yes, Block no) implements Exit {}

    /** Goes on at the case that holds the selector, or else at {@code otherwise}. */
    record Switch(Expr selector, List<Case> cases, Block otherwise) implements Exit {}

    /** The values that lead to one block. */
    record Case(List<Integer> values, Block target) {}

    /** Is never reached: what a switch over all constants does with another one. */
    record Never() implements Exit {}

    /** Leaves the method. */
    record Return() implements Exit {}
}
