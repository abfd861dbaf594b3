package org.tornadovit.codegen.ptx;

import java.util.Collections;
import java.util.List;
import org.tornadovit.ir.Type;

/**
 * A value in registers.
 *
 * @param type its type in the IR
 * @param lanes a register or a literal for each lane, held as {@link Bank} says
 */
record Value(Type type, List<String> lanes) {
    Value {
        lanes = List.copyOf(lanes);
    }

    /** A scalar. */
    static Value of(Type type, String register) {
        return new Value(type, List.of(register));
    }

    /** The same in all lanes. */
    static Value splat(Type type, String register) {
        return new Value(type, Collections.nCopies(type.lanes(), register));
    }

    /** {@return the register of a scalar} */
    String scalar() {
        return lanes.getFirst();
    }
}
