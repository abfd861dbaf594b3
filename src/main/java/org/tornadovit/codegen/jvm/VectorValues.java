package org.tornadovit.codegen.jvm;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_byte;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_short;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Function;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.UnaryOp;
import org.tornadovit.ir.Var;

/**
 * Writes vectors of one method, a register at a time, with the Vector API. What that has no
 * operation for goes through memory lane by lane.
 */
final class VectorValues {
    private final CodeBuilder code;
    private final Registers registers;
    private final ExactTypes exactTypes;
    private final Values values;
    private final MaskValues masks;
    private final LaneByLane lanes;

    VectorValues(
            CodeBuilder code,
            Registers registers,
            ExactTypes exactTypes,
            Places places,
            Values values) {
        this.code = code;
        this.registers = registers;
        this.exactTypes = exactTypes;
        this.values = values;
        this.masks = new MaskValues(code, registers, values, this);
        this.lanes = new LaneByLane(code, registers, places, values, this);
    }

    /** Puts one register of a vector on the stack. */
    void push(Expr expr, int part) {
        Type type = expr.type();
        if (type.scalar() == Scalar.BOOL) {
            masks.push(expr, part, registers.maskElement(type.lanes()));
            return;
        }
        switch (expr) {
            case Var v -> values.load(v, part);
            case Const c -> constant(c);
            case Expr.Unary(var op, var x) -> {
                push(x, part);
                operator(op == UnaryOp.NEG ? "NEG" : "NOT", "Unary");
                lanewise(type, "Unary", 0);
            }
            case Expr.Binary b -> binary(b, part);
            case Expr.Select(var condition, var yes, var no) -> {
                push(no, part);
                push(yes, part);
                if (condition.type().isVector()) {
                    masks.push(condition, part, type.scalar());
                } else {
                    pushSpecies(type);
                    values.push(condition);
                    masks.all();
                }
                blend(type);
            }
            case Expr.Cast(_, var x) -> cast(x, type, part);
            case Expr.Bitcast(_, var x) -> bitcast(x, type, part);
            case Expr.Load(var array, var index, _, _) -> {
                pushMemorySpecies(type);
                values.pushMemory();
                long distance = (long) part * registers.lanes(type) * array.element().bytes();
                values.pushAddress(array, index, distance);
                load(type);
            }
            case Expr.Call(var function, var arguments) -> call(function, arguments, type, part);
            case Expr.Broadcast(_, var x) -> {
                pushSpecies(type);
                values.push(x);
                broadcast(type);
            }
            case Expr.Length _, Expr.WorkItem _, Expr.Lane _, Expr.Reduce _ ->
                    throw new IllegalArgumentException(expr + " is no vector");
        }
    }

    void constant(Const c) {
        Type type = c.type();
        pushSpecies(type);
        if (c.bits() == 0) {
            ClassDesc holder = registers.holder(type);
            code.invokestatic(holder, "zero", Names.method(holder, Names.VECTOR_SPECIES));
            exactTypes.cast(code, type);
        } else {
            ScalarOps.constant(code, c);
            broadcast(type);
        }
    }

    /** Species and scalar are on the stack. */
    private void broadcast(Type type) {
        ClassDesc holder = registers.holder(type);
        code.invokestatic(
                holder,
                "broadcast",
                Names.method(holder, Names.VECTOR_SPECIES, element(type.scalar())));
        exactTypes.cast(code, type);
    }

    private static ClassDesc element(Scalar scalar) {
        return switch (scalar) {
            case I8 -> CD_byte;
            case I16, U16 -> CD_short;
            case I32 -> CD_int;
            case I64 -> CD_long;
            case F16, BF16, F32 -> CD_float;
            case F64 -> CD_double;
            case BOOL -> CD_boolean;
        };
    }

    /** Puts the species of a register of the type on the stack. */
    void pushSpecies(Type type) {
        pushSpecies(type.scalar(), registers.lanes(type));
    }

    void pushSpecies(Scalar scalar, int lanes) {
        code.getstatic(
                Registers.vectorClass(scalar),
                registers.species(scalar, lanes),
                Names.VECTOR_SPECIES);
    }

    private static boolean isSmall(Type type) {
        return Carrier.isSmallFloat(type.scalar());
    }

    private static Type inMemory(Type type) {
        return isSmall(type) ? new Type(Scalar.I16, type.lanes()) : type;
    }

    private void pushMemorySpecies(Type type) {
        pushSpecies(inMemory(type).scalar(), registers.lanes(type));
    }

    /** Loads a register from the address that a local holds. */
    void load(Type type, int address) {
        pushMemorySpecies(type);
        values.pushMemory();
        code.lload(address);
        load(type);
    }

    /** Species, segment and address are on the stack. */
    void load(Type type) {
        ClassDesc holder = Registers.vectorClass(inMemory(type).scalar());
        order();
        code.invokestatic(
                holder,
                "fromMemorySegment",
                Names.method(
                        holder, Names.VECTOR_SPECIES, Names.SEGMENT, CD_long, Names.BYTE_ORDER));
        exactTypes.cast(code, inMemory(type));
        if (isSmall(type)) {
            widen(type);
        }
    }

    private void order() {
        code.getstatic(Names.BYTE_ORDER, "LITTLE_ENDIAN", Names.BYTE_ORDER);
    }

    /** Stores the register on the stack at {@code distance} bytes behind a local's address. */
    void store(Type type, int address, long distance) {
        if (type.scalar() == Scalar.BOOL) {
            throw new IllegalArgumentException("truth values have no vectors in memory");
        }
        if (isSmall(type)) {
            narrow(type);
        }
        values.pushMemory();
        code.lload(address);
        if (distance != 0) {
            code.loadConstant(distance).ladd();
        }
        order();
        code.invokevirtual(
                Registers.vectorClass(inMemory(type).scalar()),
                "intoMemorySegment",
                Names.method(CD_void, Names.SEGMENT, CD_long, Names.BYTE_ORDER));
    }

    /** Shorts on the stack become the floats that they are the bits of. */
    private void widen(Type type) {
        pushSpecies(Scalar.I32, registers.lanes(type));
        half(
                "widen",
                type,
                Names.method(
                        Registers.vectorClass(Scalar.F32),
                        Registers.vectorClass(Scalar.I16),
                        Names.VECTOR_SPECIES));
    }

    private void narrow(Type type) {
        pushSpecies(Scalar.I16, registers.lanes(type));
        half(
                "narrow",
                type,
                Names.method(
                        Registers.vectorClass(Scalar.I16),
                        Registers.vectorClass(Scalar.F32),
                        Names.VECTOR_SPECIES));
    }

    private void half(String verb, Type type, MethodTypeDesc descriptor) {
        String format = type.scalar() == Scalar.F16 ? "Float16" : "Bfloat16";
        code.invokestatic(Names.HALF_VECTORS, verb + format, descriptor);
    }

    private void round(Type type) {
        if (isSmall(type)) {
            ClassDesc floats = Registers.vectorClass(Scalar.F32);
            half("round", type, Names.method(floats, floats));
        }
    }

    void operator(String name, String kind) {
        code.getstatic(Names.VECTOR_OPERATORS, name, Names.operator(kind));
    }

    /** Calls lanewise: the vector, the operator and the other vectors are on the stack. */
    private void lanewise(Type type, String kind, int others) {
        ClassDesc holder = registers.holder(type);
        ClassDesc[] parameters = new ClassDesc[1 + others];
        java.util.Arrays.fill(parameters, Names.VECTOR);
        parameters[0] = Names.operator(kind);
        code.invokevirtual(holder, "lanewise", Names.method(holder, parameters));
    }

    private void binary(Expr.Binary b, int part) {
        Type type = b.type();
        if (!isNative(b)) {
            boolean vectors = b.y().type().isVector();
            lanes.compute(
                    vectors ? List.of(b.x(), b.y()) : List.of(b.x()),
                    type,
                    part,
                    push -> {
                        push.accept(0);
                        if (vectors) {
                            push.accept(1);
                        } else {
                            values.push(b.y());
                        }
                        ScalarOps.binary(code, b.op(), type.scalar());
                    });
            return;
        }
        push(b.x(), part);
        operator(name(b.op(), type.scalar()), kind(b.op()));
        if (b.y().type().isVector()) {
            push(b.y(), part);
        } else { // a shift by a scalar
            push(new Expr.Broadcast(type, new Expr.Cast(Type.of(type.scalar()), b.y())), part);
        }
        lanewise(type, "Binary", 1);
        round(type);
    }

    /** Whether the Vector API has the operation with Java's meaning. */
    private static boolean isNative(Expr.Binary b) {
        Scalar type = b.type().scalar();
        boolean isInt = type == Scalar.I32 || type == Scalar.I64;
        return switch (b.op()) {
            case ADD, SUB, MUL, AND, OR, XOR -> true;
            case DIV -> type.isFloat();
            case MIN, MAX -> true;
            case SHL, SHR, USHR -> isInt;
            case REM, EQ, NE, LT, LE, GT, GE -> false;
        };
    }

    static String name(BinaryOp op, Scalar type) {
        return switch (op) {
            case ADD, SUB, MUL, DIV, AND, OR, XOR -> op.name();
            case MIN, MAX -> type == Scalar.U16 ? "U" + op.name() : op.name();
            case SHL -> "LSHL";
            case SHR -> "ASHR";
            case USHR -> "LSHR";
            case EQ, NE -> op.name();
            case LT, LE, GT, GE -> type == Scalar.U16 ? "U" + op.name() : op.name();
            case REM -> throw new IllegalArgumentException("no vector operation for " + op);
        };
    }

    private static String kind(BinaryOp op) {
        return switch (op) {
            case ADD, MUL, AND, OR, XOR, MIN, MAX -> "Associative";
            default -> "Binary";
        };
    }

    private void cast(Expr x, Type type, int part) {
        Scalar from = x.type().scalar();
        Scalar to = type.scalar();
        if (from == Scalar.BOOL) {
            constant(Const.zero(type));
            pushSpecies(type);
            ScalarOps.constant(code, one(to));
            broadcast(type);
            masks.push(x, part, to);
            blend(type);
            return;
        }
        if (from == Scalar.U16 && to.isFloat()) { // the short would be taken as signed
            lanes.compute(
                    List.of(x),
                    type,
                    part,
                    push -> {
                        push.accept(0);
                        ScalarOps.cast(code, from, to);
                    });
            return;
        }
        push(x, part);
        String name = conversion(from, to);
        if (!name.isEmpty()) {
            code.getstatic(Names.VECTOR_OPERATORS, name, Names.operator("Conversion"));
            pushSpecies(type);
            code.iconst_0();
            code.invokevirtual(
                    registers.holder(x.type()),
                    "convertShape",
                    Names.method(
                            Names.VECTOR,
                            Names.operator("Conversion"),
                            Names.VECTOR_SPECIES,
                            CD_int));
            code.checkcast(registers.holder(type));
            exactTypes.cast(code, type);
        }
        if (from != to) {
            round(type);
        }
    }

    private static Const one(Scalar scalar) {
        return new Const(
                Type.of(scalar),
                switch (scalar) {
                    case F16 -> 0x3c00;
                    case BF16 -> 0x3f80;
                    case F32 -> Float.floatToRawIntBits(1);
                    case F64 -> Double.doubleToRawLongBits(1);
                    case BOOL, I8, I16, U16, I32, I64 -> 1;
                });
    }

    /** {@return the conversion of the Vector API, empty when registers look the same} */
    private static String conversion(Scalar from, Scalar to) {
        char a = letter(from);
        char b = letter(to);
        boolean isUnsigned = from == Scalar.U16 && (to == Scalar.I32 || to == Scalar.I64);
        return a == b ? "" : (isUnsigned ? "ZERO_EXTEND_" : "") + a + "2" + b;
    }

    private static char letter(Scalar scalar) {
        return switch (scalar) {
            case BOOL, I8 -> 'B';
            case I16, U16 -> 'S';
            case I32 -> 'I';
            case I64 -> 'L';
            case F16, BF16, F32 -> 'F';
            case F64 -> 'D';
        };
    }

    private void bitcast(Expr x, Type type, int part) {
        push(x, part);
        Type from = x.type();
        if (from.equals(type)) {
            return;
        }
        if (isSmall(from)) {
            narrow(from);
        }
        if (isSmall(type)) {
            widen(type);
        } else if (isSmall(from)) {
            return; // shorts by now
        } else if (letter(from.scalar()) != letter(type.scalar())) {
            String kind =
                    switch (type.scalar()) {
                        case I32 -> "Ints";
                        case I64 -> "Longs";
                        case F32 -> "Floats";
                        case F64 -> "Doubles";
                        case BOOL, I8, I16, U16, F16, BF16 ->
                                throw new IllegalArgumentException(
                                        "bits of " + from + " are no " + type);
                    };
            code.invokevirtual(
                    registers.holder(from),
                    "reinterpretAs" + kind,
                    Names.method(registers.holder(type)));
            exactTypes.cast(code, type);
        }
    }

    private void call(Function function, List<Expr> arguments, Type type, int part) {
        String name = VectorMath.name(function, type.scalar());
        if (function == Function.FMA) {
            fma(arguments, type, part);
        } else if (function == Function.RSQRT) {
            pushSpecies(type);
            ScalarOps.constant(code, one(type.scalar()));
            broadcast(type);
            operator("DIV", "Binary");
            push(arguments.getFirst(), part);
            operator("SQRT", "Unary");
            lanewise(type, "Unary", 0);
            lanewise(type, "Binary", 1);
            round(type);
        } else if (name.isEmpty()) {
            lanes.compute(
                    arguments,
                    type,
                    part,
                    push -> ScalarMath.call(code, function, type.scalar(), push));
        } else {
            push(arguments.getFirst(), part);
            String kind = arguments.size() == 1 ? "Unary" : "Binary";
            operator(name, kind);
            for (Expr other : arguments.subList(1, arguments.size())) {
                push(other, part);
            }
            lanewise(type, kind, arguments.size() - 1);
            round(type);
        }
    }

    private void fma(List<Expr> arguments, Type type, int part) {
        push(arguments.get(0), part);
        if (type.isFloat()) {
            push(arguments.get(1), part);
            push(arguments.get(2), part);
            ClassDesc holder = registers.holder(type);
            code.invokevirtual(holder, "fma", Names.method(holder, Names.VECTOR, Names.VECTOR));
        } else {
            operator("MUL", "Associative");
            push(arguments.get(1), part);
            lanewise(type, "Binary", 1);
            operator("ADD", "Associative");
            push(arguments.get(2), part);
            lanewise(type, "Binary", 1);
        }
        round(type);
    }

    private void blend(Type type) {
        ClassDesc holder = registers.holder(type);
        code.invokevirtual(holder, "blend", Names.method(holder, Names.VECTOR, Names.VECTOR_MASK));
    }

    /** Takes one lane of the register on the stack. */
    void lane(Type type, int lane) {
        code.loadConstant(lane);
        if (type.scalar() == Scalar.BOOL) {
            code.invokevirtual(Names.VECTOR_MASK, "laneIsSet", Names.method(CD_boolean, CD_int));
        } else {
            code.invokevirtual(
                    registers.holder(type), "lane", Names.method(element(type.scalar()), CD_int));
            if (type.scalar() == Scalar.U16) {
                code.i2c();
            }
        }
    }

    /** Combines all lanes: register by register, then within the last one. */
    void reduce(BinaryOp op, Expr x) {
        Type type = x.type();
        push(x, 0);
        for (int i = 1; i < registers.parts(type); i++) {
            operator(name(op, type.scalar()), "Associative");
            push(x, i);
            lanewise(type, "Binary", 1);
        }
        boolean isExtreme = op == BinaryOp.MIN || op == BinaryOp.MAX;
        if (type.scalar() == Scalar.U16 && isExtreme) {
            reduceOneByOne(op, type);
            return;
        }
        operator(name(op, type.scalar()), "Associative");
        code.invokevirtual(
                registers.holder(type),
                "reduceLanes",
                Names.method(element(type.scalar()), Names.operator("Associative")));
        if (type.scalar() == Scalar.U16) {
            code.i2c();
        }
        ScalarOps.round(code, type.scalar());
    }

    /** JDK 25 reduces with UMIN and UMAX from the identities of the signed operations. */
    private void reduceOneByOne(BinaryOp op, Type type) {
        int register = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(register).aload(register);
        lane(type, 0);
        for (int i = 1; i < registers.lanes(type); i++) {
            code.aload(register);
            lane(type, i);
            ScalarOps.binary(code, op, type.scalar());
        }
    }
}
