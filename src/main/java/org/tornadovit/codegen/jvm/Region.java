package org.tornadovit.codegen.jvm;

import java.util.List;
import java.util.Optional;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;

/**
 * A part of a kernel that becomes a static method.
 *
 * @param name name of the method
 * @param body what it does
 * @param inputs its parameters
 * @param output the variable whose value it returns
 * @param next label of the loop whose next iteration begins when the method returns early
 */
record Region(
        String name, Stmt body, List<Var> inputs, Optional<Var> output, Optional<Label> next) {
    static final java.util.Comparator<Region> BY_NAME =
            java.util.Comparator.comparing(Region::name);

    Region {
        inputs = List.copyOf(inputs);
    }
}
