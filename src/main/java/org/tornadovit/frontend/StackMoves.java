package org.tornadovit.frontend;

import java.lang.classfile.Opcode;
import java.util.ArrayList;
import java.util.List;

/** Instructions that move operands: pop, dup and their variants. */
final class StackMoves {
    private final Frame frame;

    StackMoves(Frame frame) {
        this.frame = frame;
    }

    void execute(Opcode opcode) {
        switch (opcode) {
            case POP -> take(1);
            case POP2 -> take(2);
            case DUP -> copy(1, 0);
            case DUP_X1 -> copy(1, 1);
            case DUP_X2 -> copy(1, 2);
            case DUP2 -> copy(2, 0);
            case DUP2_X1 -> copy(2, 1);
            case DUP2_X2 -> copy(2, 2);
            case SWAP -> {
                Value top = frame.pop();
                Value below = frame.pop();
                frame.push(top);
                frame.push(below);
            }
            default -> throw new IllegalArgumentException(opcode + " moves no operands");
        }
    }

    /** Copies the values in the top {@code count} slots below the {@code skip} slots under them. */
    private void copy(int count, int skip) {
        List<Value> top = take(count);
        List<Value> below = take(skip);
        top.replaceAll(this::repeatable);
        top.forEach(frame::push);
        below.forEach(frame::push);
        top.forEach(frame::push);
    }

    private List<Value> take(int slots) {
        List<Value> taken = new ArrayList<>();
        int left = slots;
        while (left > 0) {
            Value value = frame.pop();
            taken.addFirst(value);
            left -= value.slots();
        }
        return taken;
    }

    private Value repeatable(Value value) {
        return value instanceof Value.Number(var tree)
                ? new Value.Number(frame.emitter().simple(tree))
                : value;
    }
}
