package org.tornadovit.frontend;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/**
 * Follows operands back to the instructions that made them, within a basic block: the operand stack
 * as a list of step numbers, one for each slot.
 */
final class Origins {
    /** The origin of an operand that came from another block. */
    static final int ELSEWHERE = -1;

    private final List<Integer> slots = new ArrayList<>();

    private Origins() {}

    /**
     * {@return the steps that made the operands that {@code end} finds on the stack, the top last}
     *
     * @param from the first step of the basic block
     */
    static List<Integer> before(MethodCode code, int from, int end) {
        Origins origins = new Origins();
        for (int step = from; step < end; step++) {
            origins.execute(step, code.steps().get(step).instruction());
        }
        return origins.slots;
    }

    private int pop() {
        return slots.isEmpty() ? ELSEWHERE : slots.removeLast();
    }

    private List<Integer> take(int count) {
        List<Integer> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.addFirst(pop());
        }
        return taken;
    }

    private void replace(int popped, int pushed, int step) {
        take(popped);
        for (int i = 0; i < pushed; i++) {
            slots.add(step);
        }
    }

    private void copy(int count, int skip) {
        List<Integer> top = take(count);
        List<Integer> below = take(skip);
        slots.addAll(top);
        slots.addAll(below);
        slots.addAll(top);
    }

    private void execute(int step, Instruction instruction) {
        switch (instruction) {
            case LoadInstruction l -> replace(0, l.typeKind().slotSize(), step);
            case StoreInstruction s -> take(s.typeKind().slotSize());
            case ConstantInstruction c -> replace(0, c.typeKind().slotSize(), step);
            case OperatorInstruction o -> operate(o, step);
            case ConvertInstruction c ->
                    replace(c.fromType().slotSize(), c.toType().slotSize(), step);
            case ArrayLoadInstruction a -> replace(2, a.typeKind().slotSize(), step);
            case ArrayStoreInstruction a -> take(2 + a.typeKind().slotSize());
            case FieldInstruction f -> field(f, step);
            case InvokeInstruction i ->
                    call(i.typeSymbol(), i.opcode() == Opcode.INVOKESTATIC ? 0 : 1, step);
            case InvokeDynamicInstruction i -> call(i.typeSymbol(), 0, step);
            case NewObjectInstruction _ -> replace(0, 1, step);
            case NewPrimitiveArrayInstruction _, NewReferenceArrayInstruction _ ->
                    replace(1, 1, step);
            case NewMultiArrayInstruction a -> replace(a.dimensions(), 1, step);
            case TypeCheckInstruction t -> {
                if (t.opcode() == Opcode.INSTANCEOF) {
                    replace(1, 1, step);
                }
            }
            case StackInstruction s -> move(s.opcode());
            case BranchInstruction _ -> slots.clear();
            default -> {}
        }
    }

    private void operate(OperatorInstruction operator, int step) {
        int size = operator.typeKind().slotSize();
        switch (operator.opcode()) {
            case INEG, LNEG, FNEG, DNEG -> replace(size, size, step);
            case ARRAYLENGTH -> replace(1, 1, step);
            case LSHL, LSHR, LUSHR -> replace(3, 2, step);
            case LCMP, DCMPL, DCMPG -> replace(4, 1, step);
            case FCMPL, FCMPG -> replace(2, 1, step);
            default -> replace(2 * size, size, step);
        }
    }

    private void field(FieldInstruction field, int step) {
        int size = size(field.typeSymbol());
        switch (field.opcode()) {
            case GETSTATIC -> replace(0, size, step);
            case GETFIELD -> replace(1, size, step);
            case PUTSTATIC -> take(size);
            default -> take(size + 1);
        }
    }

    private void call(MethodTypeDesc type, int receiver, int step) {
        replace(receiver + size(type), size(type.returnType()), step);
    }

    /** {@return the number of slots of a method's parameters} */
    static int size(MethodTypeDesc type) {
        return type.parameterList().stream().mapToInt(Origins::size).sum();
    }

    private static int size(ClassDesc type) {
        return TypeKind.from(type).slotSize();
    }

    private void move(Opcode opcode) {
        switch (opcode) {
            case POP -> take(1);
            case POP2 -> take(2);
            case DUP -> copy(1, 0);
            case DUP_X1 -> copy(1, 1);
            case DUP_X2 -> copy(1, 2);
            case DUP2 -> copy(2, 0);
            case DUP2_X1 -> copy(2, 1);
            case DUP2_X2 -> copy(2, 2);
            default -> {
                int top = pop();
                int below = pop();
                slots.add(top);
                slots.add(below);
            }
        }
    }
}
