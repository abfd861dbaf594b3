package org.tornadovit.codegen.ptx;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** The instructions of a kernel while they are written. */
final class Body {
    private final Map<Bank, Integer> registers = new EnumMap<>(Bank.class);
    private final Map<String, String> declarations = new TreeMap<>();
    private final StringBuilder text = new StringBuilder();
    private final Architecture architecture;
    private int labels;
    private boolean open = true;

    Body(Architecture architecture) {
        this.architecture = architecture;
    }

    Architecture architecture() {
        return architecture;
    }

    /** {@return whether what comes next can be reached} */
    boolean isOpen() {
        return open;
    }

    /** {@return a new register} */
    String register(Bank bank) {
        return bank.prefix() + registers.merge(bank, 1, Integer::sum);
    }

    /** {@return a new label} */
    String label() {
        return "$L" + ++labels;
    }

    /** Adds an instruction without result. */
    void run(String instruction, String... operands) {
        text.append("    ").append(instruction);
        if (operands.length > 0) {
            text.append(' ').append(String.join(", ", operands));
        }
        text.append(";\n");
    }

    /** {@return the result of an instruction, in a new register} */
    String emit(Bank bank, String instruction, String... operands) {
        String register = register(bank);
        into(register, instruction, operands);
        return register;
    }

    /** Writes the result of an instruction into a register. */
    void into(String register, String instruction, String... operands) {
        String[] all = new String[operands.length + 1];
        all[0] = register;
        System.arraycopy(operands, 0, all, 1, operands.length);
        run(instruction, all);
    }

    /** {@return a predicate} */
    String p(String instruction, String... operands) {
        return emit(Bank.PREDICATE, instruction, operands);
    }

    /** {@return 32 bits} */
    String r(String instruction, String... operands) {
        return emit(Bank.BITS32, instruction, operands);
    }

    /** {@return 64 bits} */
    String rd(String instruction, String... operands) {
        return emit(Bank.BITS64, instruction, operands);
    }

    /** {@return a float} */
    String f(String instruction, String... operands) {
        return emit(Bank.FLOAT, instruction, operands);
    }

    /** {@return a double} */
    String fd(String instruction, String... operands) {
        return emit(Bank.DOUBLE, instruction, operands);
    }

    /** Copies a register or a literal into a register. */
    void move(Bank bank, String target, String source) {
        into(target, "mov." + bank.type(), source);
    }

    /** Jumps. */
    void branch(String label) {
        run("bra", label);
        open = false;
    }

    /** Jumps where a predicate holds. */
    void branchIf(String predicate, String label) {
        text.append("    @").append(predicate).append(" bra ").append(label).append(";\n");
    }

    /** Jumps where a predicate does not hold. */
    void branchUnless(String predicate, String label) {
        branchIf("!" + predicate, label);
    }

    /** Ends the work-item. */
    void end() {
        run("ret");
        open = false;
    }

    /** Names what follows. */
    void place(String label) {
        text.append(label).append(":\n");
        open = true;
    }

    /** Adds a remark. */
    void remark(String remark) {
        text.append("    // ").append(remark).append('\n');
    }

    /** Declares something before all kernels, once. */
    void declare(String name, String declaration) {
        declarations.put(name, declaration);
    }

    /** {@return what stands before the kernel} */
    String declarations() {
        return declarations.isEmpty() ? "" : String.join("\n", declarations.values()) + "\n\n";
    }

    /** {@return the registers and the instructions} */
    String text() {
        StringBuilder all = new StringBuilder();
        registers.forEach((bank, count) ->
                all.append(
                        "    .reg .%s %s<%d>;\n".formatted(bank.type(), bank.prefix(), count + 1)));
        return all.append('\n').append(text).toString();
    }
}
