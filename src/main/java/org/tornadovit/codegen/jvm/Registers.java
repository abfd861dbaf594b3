package org.tornadovit.codegen.jvm;

import java.lang.constant.ClassDesc;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Walker;

/**
 * How vectors are cut into registers. All vectors of one number of lanes are cut alike, whatever
 * their elements, so that a conversion or a choice never crosses registers. Where no register of
 * the Vector API fits (too few bits, or none at all), every lane is a scalar.
 */
final class Registers {
    private static final int LEAST_BITS = 64;

    private final int bits;
    private final Map<Integer, Set<Scalar>> elements = new TreeMap<>();

    /**
     * Cuts the vectors of a kernel.
     *
     * @param bits the width of a register; 0 for none
     */
    Registers(Stmt body, int bits) {
        this.bits = bits;
        new Walker() {
            @Override
            protected void visit(Expr expr) {
                add(expr.type());
            }

            @Override
            protected void visit(Stmt stmt) {
                if (stmt instanceof Stmt.Assign(var target, _)) {
                    add(target.type());
                }
            }
        }.walk(body);
    }

    private void add(Type type) {
        if (type.isVector()) {
            elements.computeIfAbsent(type.lanes(), _ -> EnumSet.noneOf(Scalar.class))
                    .add(type.scalar());
        }
    }

    /** {@return the lanes that one register holds; 1 when values of the type are scalars} */
    int lanes(Type type) {
        if (!type.isVector() || bits == 0) {
            return 1;
        }
        Set<Scalar> used = elements.getOrDefault(type.lanes(), Set.of());
        int lanes = type.lanes();
        for (Scalar scalar : used) {
            lanes = Math.min(lanes, bits / (8 * held(scalar).bytes()));
        }
        for (Scalar scalar : used) {
            int least = scalar == Scalar.BOOL ? held(scalar).bytes() : scalar.bytes();
            if (lanes * least * 8 < LEAST_BITS) {
                return 1;
            }
        }
        return lanes;
    }

    /** {@return the number of registers that hold a value} */
    int parts(Type type) {
        return type.lanes() / lanes(type);
    }

    boolean isVector(Type type) {
        return lanes(type) > 1;
    }

    /** {@return the element that masks of a number of lanes are made for when they are kept} */
    Scalar maskElement(int lanes) {
        Scalar smallest = Scalar.I64;
        for (Scalar scalar : elements.getOrDefault(lanes, Set.of())) {
            if (scalar != Scalar.BOOL && held(scalar).bytes() <= smallest.bytes()) {
                smallest = held(scalar);
            }
        }
        return smallest;
    }

    /** {@return what holds an element in a register} */
    private Scalar held(Scalar scalar) {
        return switch (scalar) {
            case BOOL -> Scalar.I8;
            case U16 -> Scalar.I16;
            case F16, BF16 -> Scalar.F32;
            case I8, I16, I32, I64, F32, F64 -> scalar;
        };
    }

    /** {@return the Java class of one register of the type} */
    ClassDesc holder(Type type) {
        return type.scalar() == Scalar.BOOL ? Names.VECTOR_MASK : vectorClass(type.scalar());
    }

    static ClassDesc vectorClass(Scalar scalar) {
        return Names.vector(
                switch (scalar) {
                    case I8, BOOL -> "ByteVector";
                    case I16, U16 -> "ShortVector";
                    case I32 -> "IntVector";
                    case I64 -> "LongVector";
                    case F16, BF16, F32 -> "FloatVector";
                    case F64 -> "DoubleVector";
                });
    }

    /** {@return the name of the species of {@code lanes} elements as they are held} */
    String species(Scalar scalar, int lanes) {
        return "SPECIES_" + lanes * held(scalar).bytes() * 8;
    }
}
