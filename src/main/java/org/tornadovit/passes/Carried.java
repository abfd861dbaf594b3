package org.tornadovit.passes;

import java.util.Set;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;

/**
 * Finds the variables that carry a value from one iteration of a loop to the next: those that an
 * iteration assigns, and may read before it does.
 */
final class Carried {
    private Carried() {}

    /** {@return the variables that {@code body} assigns, and reads before on some way} */
    static Set<Var> of(Stmt body) {
        Set<Var> carried = Exposed.of(body);
        carried.retainAll(Assignments.of(body).assigned());
        return carried;
    }
}
