package org.tornadovit.codegen.ptx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * Where variables live: one that is assigned in a single place, before all its uses, is the value
 * assigned; others have registers of their own, which change.
 */
final class Variables {
    private final Body body;
    private final Map<Var, Integer> assignments = new HashMap<>();
    private final Map<Var, Value> held = new HashMap<>();
    private final Set<String> changing = new HashSet<>();

    Variables(Body body, Kernel kernel) {
        this.body = body;
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
        held.put(variable, kept(value));
    }

    /** Makes a register that will change the value of a variable. */
    void bind(Var variable, Value value) {
        value.lanes().forEach(this::changes);
        held.put(variable, value);
    }

    /** Says that a register will change. */
    void changes(String register) {
        changing.add(register);
    }

    /** {@return the value in registers that keep it} */
    Value kept(Value value) {
        if (value.lanes().stream().noneMatch(changing::contains)) {
            return value;
        }
        Bank bank = Bank.of(value.type().scalar());
        return Values.map(value.type(), value, lane -> body.emit(bank, "mov." + bank.type(), lane));
    }

    /** Assigns a variable. */
    void write(Var variable, Value value) {
        Bank bank = Bank.of(variable.type().scalar());
        Value target = held.computeIfAbsent(variable, v -> place(v, bank));
        Value source = value.lanes().size() == 1 ? value : kept(value);
        for (int i = 0; i < target.lanes().size(); i++) {
            body.move(bank, target.lanes().get(i), Values.lane(source, i));
        }
    }

    private Value place(Var variable, Bank bank) {
        List<String> lanes = new ArrayList<>();
        for (int i = 0; i < variable.type().lanes(); i++) {
            String register = body.register(bank);
            changing.add(register);
            lanes.add(register);
        }
        return new Value(variable.type(), lanes);
    }

    /** {@return the value of a variable} */
    Value read(Var variable) {
        Value value = held.get(variable);
        if (value == null) {
            throw new IllegalArgumentException("variable '" + variable + "' is never assigned");
        }
        return value;
    }
}
