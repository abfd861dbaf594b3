package org.tornadovit.codegen.spirv;

import java.util.HashMap;
import java.util.Map;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * Where variables live: one that is assigned in a single place, before all its uses, is the value
 * assigned, and so is the index of a loop that only the loop uses; others are variables in memory.
 */
final class Variables {
    private final Body body;
    private final SpirvModule module;
    private final Map<Var, Integer> assignments = new HashMap<>();
    private final Map<Var, Value> settled = new HashMap<>();
    private final Map<Var, Integer> places = new HashMap<>();

    Variables(Body body, Kernel kernel) {
        this.body = body;
        this.module = body.module();
        for (Param param : kernel.params()) {
            if (param instanceof Param.OfScalar(var variable)) {
                assignments.put(variable, 1);
            }
        }
        new Walker() {
            @Override
            protected void visit(Stmt stmt) {
                switch (stmt) {
                    case Stmt.Assign(var target, _) -> assignments.merge(target, 1, Integer::sum);
                    case Stmt.Atomic atomic -> assignments.merge(atomic.result(), 1, Integer::sum);
                    default -> {}
                }
            }
        }.walk(kernel.body());
    }

    /** {@return whether a variable has one assignment, or none if it is a parameter} */
    boolean isAssignedOnce(Var variable) {
        return assignments.getOrDefault(variable, 0) == 1;
    }

    /** Gives a variable its only value, or that of the iteration that begins. */
    void settle(Var variable, Value value) {
        settled.put(variable, value);
    }

    /** Assigns a variable. */
    void write(Var variable, Value value) {
        body.run(Op.STORE, place(variable), value.id());
    }

    /** {@return the value of a variable} */
    Value read(Var variable) {
        Value value = settled.get(variable);
        if (value != null) {
            return value;
        }
        if (!places.containsKey(variable)) {
            throw new IllegalArgumentException("variable '" + variable + "' is never assigned");
        }
        Type type = variable.type();
        return new Value(type, body.emit(Op.LOAD, module.type(type), place(variable)));
    }

    private int place(Var variable) {
        Integer known = places.get(variable);
        if (known != null) {
            return known;
        }
        int place = body.variable(module.type(variable.type()));
        places.put(variable, place);
        name(variable, place);
        return place;
    }

    private void name(Var variable, int id) {
        module.name(id, variable.name());
    }
}
