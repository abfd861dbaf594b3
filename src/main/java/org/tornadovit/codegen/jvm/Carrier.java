package org.tornadovit.codegen.jvm;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import org.tornadovit.ir.Scalar;

/** The Java types that hold scalars; small floats are held as {@code float}, always rounded. */
enum Carrier {
    INT(TypeKind.INT, CD_int),
    LONG(TypeKind.LONG, CD_long),
    FLOAT(TypeKind.FLOAT, CD_float),
    DOUBLE(TypeKind.DOUBLE, CD_double);

    private final TypeKind kind;
    private final ClassDesc type;

    Carrier(TypeKind kind, ClassDesc type) {
        this.kind = kind;
        this.type = type;
    }

    static Carrier of(Scalar scalar) {
        return switch (scalar) {
            case BOOL, I8, I16, U16, I32 -> INT;
            case I64 -> LONG;
            case F16, BF16, F32 -> FLOAT;
            case F64 -> DOUBLE;
        };
    }

    TypeKind kind() {
        return kind;
    }

    ClassDesc type() {
        return type;
    }

    /** {@return whether values of the type are rounded after each operation} */
    static boolean isSmallFloat(Scalar scalar) {
        return scalar == Scalar.F16 || scalar == Scalar.BF16;
    }
}
