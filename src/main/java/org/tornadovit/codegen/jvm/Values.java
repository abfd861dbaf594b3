package org.tornadovit.codegen.jvm;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.UnaryOp;
import org.tornadovit.ir.Var;

/**
 * Writes expressions of one method. A value has parts: the registers of a vector, the lanes of a
 * vector that no register fits, or itself if it is a scalar; each part is computed on its own.
 */
final class Values {
    private final CodeBuilder code;
    private final Registers registers;
    private final Places places;
    private final Integers integers;
    private final Map<Var, int[]> slots;
    private final VectorValues vectors;
    private final List<Integer> bases = new ArrayList<>();
    private Optional<Addresses> addresses = Optional.empty();

    /**
     * Starts a method.
     *
     * @param integers what is known of integer values
     * @param slots the local variables that hold the parts of a variable
     */
    Values(
            CodeBuilder code,
            Registers registers,
            ExactTypes exactTypes,
            Places places,
            Integers integers,
            Map<Var, int[]> slots) {
        this.code = code;
        this.registers = registers;
        this.places = places;
        this.integers = integers;
        this.slots = slots;
        this.vectors = new VectorValues(code, registers, exactTypes, places, this);
    }

    /** Puts one part of a value on the stack. */
    void push(Expr expr, int part) {
        if (registers.isVector(expr.type())) {
            vectors.push(expr, part);
        } else {
            pushScalar(expr, part);
        }
    }

    /** Puts a scalar on the stack. */
    void push(Expr expr) {
        push(expr, 0);
    }

    private void pushScalar(Expr expr, int lane) {
        Scalar type = expr.type().scalar();
        switch (expr) {
            case Var v -> load(v, lane);
            case Const c -> ScalarOps.constant(code, c);
            case Expr.Length(var array) -> push(places.length(array));
            case Expr.WorkItem w ->
                    throw new IllegalArgumentException(
                            w.query() + " has no meaning outside a work-item kernel");
            case Expr.Unary(var op, var x) -> {
                push(x, lane);
                ScalarOps.unary(code, op, type);
            }
            case Expr.Binary(var op, _, _) when op.isComparison() -> truth(expr, lane);
            case Expr.Binary(var op, var x, var y) -> {
                push(x, lane);
                push(y, y.type().isVector() ? lane : 0);
                if (op.isShift() && y.type().scalar() == Scalar.I64) {
                    code.l2i();
                }
                ScalarOps.binary(code, op, type);
            }
            case Expr.Select(var condition, var yes, var no) -> {
                Label otherwise = code.newLabel();
                Label end = code.newLabel();
                jump(condition, condition.type().isVector() ? lane : 0, false, otherwise);
                push(yes, lane);
                code.goto_(end).labelBinding(otherwise);
                push(no, lane);
                code.labelBinding(end);
            }
            case Expr.Cast(_, var x) -> {
                push(x, lane);
                ScalarOps.cast(code, x.type().scalar(), type);
            }
            case Expr.Bitcast(_, var x) -> {
                push(x, lane);
                ScalarOps.bitcast(code, x.type().scalar(), type);
            }
            case Expr.Load(var array, var index, _, _) -> {
                pushMemory();
                pushLayout(type);
                pushAddress(array, index, (long) lane * array.element().bytes());
                get(type);
            }
            case Expr.Call(var function, var arguments) ->
                    ScalarMath.call(code, function, type, i -> push(arguments.get(i), lane));
            case Expr.Broadcast(_, var x) -> push(x);
            case Expr.Lane(var x, var index) -> {
                int width = registers.lanes(x.type());
                push(x, index / width);
                if (width > 1) {
                    vectors.lane(x.type(), index % width);
                }
            }
            case Expr.Reduce(var op, var x) -> reduce(op, x);
        }
    }

    private void reduce(BinaryOp op, Expr x) {
        if (registers.isVector(x.type())) {
            vectors.reduce(op, x);
            return;
        }
        push(x, 0);
        for (int i = 1; i < x.type().lanes(); i++) {
            push(x, i);
            ScalarOps.binary(code, op, x.type().scalar());
        }
    }

    void load(Var v, int part) {
        code.loadLocal(kind(v.type()), slot(v, part));
    }

    void store(Var v, int part) {
        code.storeLocal(kind(v.type()), slot(v, part));
    }

    int slot(Var v, int part) {
        int[] own = slots.get(v);
        if (own == null) {
            throw new IllegalArgumentException("variable " + v + " is read but never assigned");
        }
        return own[part];
    }

    TypeKind kind(Type type) {
        return registers.isVector(type) ? TypeKind.REFERENCE : Carrier.of(type.scalar()).kind();
    }

    private void truth(Expr condition, int lane) {
        Label no = code.newLabel();
        Label end = code.newLabel();
        jump(condition, lane, false, no);
        code.iconst_1().goto_(end).labelBinding(no).iconst_0().labelBinding(end);
    }

    /** Jumps to {@code target} if {@code condition} is {@code when}. */
    void jump(Expr condition, boolean when, Label target) {
        jump(condition, 0, when, target);
    }

    private void jump(Expr condition, int lane, boolean when, Label target) {
        switch (condition) {
            case Const c -> {
                if (c.bits() != 0 == when) {
                    code.goto_(target);
                }
            }
            case Expr.Unary(var op, var x) when op == UnaryOp.NOT -> jump(x, lane, !when, target);
            case Expr.Binary(var op, var x, var y) when op.isComparison() -> {
                push(x, lane);
                push(y, lane);
                ScalarOps.compareAndJump(code, op, x.type().scalar(), when, target);
            }
            case Expr.Binary(var op, var x, var y) when op == BinaryOp.AND || op == BinaryOp.OR -> {
                if ((op == BinaryOp.OR) == when) {
                    jump(x, lane, when, target);
                    jump(y, lane, when, target);
                } else {
                    Label through = code.newLabel();
                    jump(x, lane, !when, through);
                    jump(y, lane, when, target);
                    code.labelBinding(through);
                }
            }
            default -> {
                push(condition, lane);
                if (when) {
                    code.ifne(target);
                } else {
                    code.ifeq(target);
                }
            }
        }
    }

    void pushMemory() {
        code.getstatic(Names.MEMORY, "ALL", Names.SEGMENT);
    }

    void pushLayout(Scalar type) {
        code.getstatic(
                Names.LAYOUT,
                switch (type) {
                    case BOOL, I8 -> "JAVA_BYTE";
                    case I16, F16, BF16 -> "JAVA_SHORT_UNALIGNED";
                    case U16 -> "JAVA_CHAR_UNALIGNED";
                    case I32 -> "JAVA_INT_UNALIGNED";
                    case I64 -> "JAVA_LONG_UNALIGNED";
                    case F32 -> "JAVA_FLOAT_UNALIGNED";
                    case F64 -> "JAVA_DOUBLE_UNALIGNED";
                },
                layoutClass(type));
    }

    private static ClassDesc layoutClass(Scalar type) {
        return Names.LAYOUT.nested(
                switch (type) {
                    case BOOL, I8 -> "OfByte";
                    case I16, F16, BF16 -> "OfShort";
                    case U16 -> "OfChar";
                    case I32 -> "OfInt";
                    case I64 -> "OfLong";
                    case F32 -> "OfFloat";
                    case F64 -> "OfDouble";
                });
    }

    private static ClassDesc memoryType(Scalar type) {
        return switch (type) {
            case BOOL, I8 -> ConstantDescs.CD_byte;
            case I16, F16, BF16 -> ConstantDescs.CD_short;
            case U16 -> ConstantDescs.CD_char;
            case I32 -> ConstantDescs.CD_int;
            case I64 -> ConstantDescs.CD_long;
            case F32 -> ConstantDescs.CD_float;
            case F64 -> ConstantDescs.CD_double;
        };
    }

    /** Reads memory: the segment, the layout and the address are on the stack. */
    void get(Scalar type) {
        code.invokeinterface(
                Names.SEGMENT,
                "get",
                Names.method(memoryType(type), layoutClass(type), ConstantDescs.CD_long));
        if (Carrier.isSmallFloat(type)) {
            ScalarOps.widen(code, type);
        }
    }

    /** Writes memory: the segment, the layout, the address and the value are on the stack. */
    void set(Scalar type) {
        if (Carrier.isSmallFloat(type)) {
            ScalarOps.narrow(code, type);
        }
        code.invokeinterface(
                Names.SEGMENT,
                "set",
                Names.method(
                        ConstantDescs.CD_void,
                        layoutClass(type),
                        ConstantDescs.CD_long,
                        memoryType(type)));
    }

    /** Computes what stays the same in the addresses of a method, when the method begins. */
    void begin(Addresses addresses) {
        this.addresses = Optional.of(addresses);
        for (Addresses.Fixed fixed : addresses.fixed()) {
            load(fixed.base(), 0);
            fixed.terms().forEach(this::addTerm);
            code.loadConstant(Addresses.MASK).land();
            int local = code.allocateLocal(TypeKind.LONG);
            code.lstore(local);
            bases.add(local);
        }
    }

    /**
     * Puts the address of an element on the stack: base + size * term for each term of the index,
     * in long arithmetic as far as the index cannot wrap around, because the just-in-time compiler
     * can move a sum of longs out of a loop but not a wrapped sum of ints.
     *
     * @param distance bytes to add
     */
    void pushAddress(Array array, Expr index, long distance) {
        Addresses all = addresses.orElseGet(() -> new Addresses(places, integers, Set.of()));
        Addresses.Address address = all.of(array, index);
        if (addresses.isPresent()) {
            code.lload(bases.get(address.fixed()));
        } else {
            Addresses.Fixed fixed = all.fixed().getLast();
            load(fixed.base(), 0);
            fixed.terms().forEach(this::addTerm);
        }
        address.terms().forEach(this::addTerm);
        long rest = address.constant() + distance;
        if (rest != 0) {
            code.loadConstant(rest).ladd();
        }
    }

    private void addTerm(Addresses.Term term) {
        pushLong(term.value());
        if (term.mask() >= 0) {
            code.loadConstant(term.mask()).land();
        }
        if (term.bytes() != 1) {
            code.loadConstant(term.bytes()).lmul();
        }
        code.ladd();
    }

    private boolean isExact(Expr.Binary b) {
        return b.type().equals(Type.I64) || (b.type().equals(Type.I32) && integers.isExact(b));
    }

    private void pushLong(Expr expr) {
        switch (expr) {
            case Expr e when e.type().scalar() == Scalar.I64 -> push(e);
            case Const c -> code.loadConstant(c.bits());
            case Expr.Binary b when isLinear(b.op()) && isExact(b) -> {
                pushLong(b.x());
                pushLong(b.y());
                ScalarOps.binary(code, b.op(), Scalar.I64);
            }
            default -> {
                push(expr);
                code.i2l();
            }
        }
    }

    private static boolean isLinear(BinaryOp op) {
        return op == BinaryOp.ADD || op == BinaryOp.SUB || op == BinaryOp.MUL;
    }

    VectorValues vectors() {
        return vectors;
    }
}
