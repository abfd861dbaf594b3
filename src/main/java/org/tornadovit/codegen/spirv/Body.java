package org.tornadovit.codegen.spirv;

import java.util.HashMap;
import java.util.Map;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Type;

/** The blocks of a function while they are written, one after the other. */
final class Body {
    private final SpirvModule module;
    private final Words variables = new Words();
    private final Words blocks = new Words();
    private final Map<Integer, Integer> scratch = new HashMap<>();
    private final int first;
    private int block;
    private boolean open = true;

    Body(SpirvModule module) {
        this.module = module;
        first = module.id();
        block = first;
    }

    SpirvModule module() {
        return module;
    }

    /** {@return whether what comes next can be reached} */
    boolean isOpen() {
        return open;
    }

    /** {@return the label of the block being written} */
    int block() {
        return block;
    }

    /** Adds an instruction without result. */
    void run(Op op, int... operands) {
        blocks.add(op, operands);
    }

    /** {@return the result of an instruction} */
    int emit(Op op, int type, int... operands) {
        int id = module.id();
        emitAs(id, op, type, operands);
        return id;
    }

    /** Adds an instruction whose result was promised before. */
    void emitAs(int id, Op op, int type, int... operands) {
        blocks.add(op, Words.join(new int[] {type, id}, operands));
    }

    /** {@return the result of an instruction of OpenCL.std} */
    int extended(Extended instruction, int type, int... operands) {
        return emit(
                Op.EXT_INST,
                type,
                Words.join(new int[] {module.openClSet(), instruction.number()}, operands));
    }

    /** {@return a new variable of this work-item} */
    int variable(int type) {
        int pointer = module.pointer(Operand.FUNCTION, type);
        int id = module.id();
        variables.add(Op.VARIABLE, pointer, id, Operand.FUNCTION);
        return id;
    }

    /** {@return room for so many halves, as 16-bit integers, for use within one expression} */
    int scratch(int lanes) {
        return scratch.computeIfAbsent(lanes, n -> variable(module.type(new Type(Scalar.I16, n))));
    }

    /** Ends the block with a jump. */
    void branch(int target) {
        end(Op.BRANCH, target);
    }

    /** Ends the block with a choice. */
    void branch(int condition, int yes, int no) {
        end(Op.BRANCH_CONDITIONAL, condition, yes, no);
    }

    /** Ends the block. */
    void end(Op op, int... operands) {
        run(op, operands);
        open = false;
    }

    /** Begins a block; the block before it must have ended. */
    void place(int label) {
        blocks.add(Op.LABEL, label);
        block = label;
        open = true;
    }

    /** {@return the function's blocks} */
    Words words() {
        Words words = new Words();
        words.add(Op.LABEL, first);
        words.add(variables);
        words.add(blocks);
        return words;
    }
}
