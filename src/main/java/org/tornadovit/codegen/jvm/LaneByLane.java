package org.tornadovit.codegen.jvm;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Type;

/** Writes what the Vector API has no operation for: scalar operations through scratch memory. */
final class LaneByLane {
    private final CodeBuilder code;
    private final Registers registers;
    private final Places places;
    private final Values values;
    private final VectorValues vectors;

    LaneByLane(
            CodeBuilder code,
            Registers registers,
            Places places,
            Values values,
            VectorValues vectors) {
        this.code = code;
        this.registers = registers;
        this.places = places;
        this.values = values;
        this.vectors = vectors;
    }

    /**
     * Computes a register of a vector.
     *
     * @param operation pushes the operands it is given and computes the result
     */
    void compute(List<Expr> operands, Type type, int part, Consumer<IntConsumer> operation) {
        int lanes = registers.lanes(type);
        long[] areas = new long[operands.size()];
        for (int i = 0; i < areas.length; i++) {
            areas[i] = areaOf(operands.get(i), part);
        }
        long result = places.reserve(lanes * 8L);
        Scalar held = held(type.scalar());
        for (int lane = 0; lane < lanes; lane++) {
            int at = lane;
            IntConsumer push = i -> pushLane(operands.get(i).type().scalar(), areas[i], at);
            values.pushMemory();
            values.pushLayout(held);
            pushScratch(result + (long) lane * held.bytes());
            operation.accept(push);
            values.set(held);
        }
        vectors.pushSpecies(type);
        values.pushMemory();
        pushScratch(result);
        vectors.load(new Type(held, type.lanes()));
    }

    private static Scalar held(Scalar scalar) {
        return Carrier.isSmallFloat(scalar) ? Scalar.F32 : scalar;
    }

    private long areaOf(Expr operand, int part) {
        Type type = operand.type();
        Type held = new Type(held(type.scalar()), type.lanes());
        long area = places.reserve(8L * registers.lanes(type));
        vectors.push(operand, part);
        int address = code.allocateLocal(TypeKind.LONG);
        pushScratch(area);
        code.lstore(address);
        vectors.store(held, address, 0);
        return area;
    }

    private void pushLane(Scalar scalar, long area, int lane) {
        Scalar held = held(scalar);
        values.pushMemory();
        values.pushLayout(held);
        pushScratch(area + (long) lane * held.bytes());
        values.get(held);
    }

    private void pushScratch(long offset) {
        values.load(places.scratch(), 0);
        code.loadConstant(offset).ladd();
    }
}
