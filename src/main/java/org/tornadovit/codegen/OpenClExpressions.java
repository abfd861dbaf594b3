package org.tornadovit.codegen;

import java.util.Map;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Function;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.UnaryOp;
import org.tornadovit.ir.Var;

/** Expressions of one kernel as OpenCL C; see {@link OpenClTypes} for how values are held. */
final class OpenClExpressions {
    private final Map<Var, String> variables;
    private final Map<Array, String> arrays;
    private final Intervals intervals;
    private final OpenClPrelude prelude;
    private final OpenClConversions conversions;

    OpenClExpressions(
            Map<Var, String> variables,
            Map<Array, String> arrays,
            Intervals intervals,
            OpenClPrelude prelude) {
        this.variables = variables;
        this.arrays = arrays;
        this.intervals = intervals;
        this.prelude = prelude;
        this.conversions = new OpenClConversions(prelude);
    }

    /** {@return the text of an expression, of the type that {@link OpenClTypes#register} names} */
    Piece of(Expr expr) {
        return switch (expr) {
            case Var v -> Piece.primary(name(v));
            case Const c -> OpenClLiterals.of(c);
            case Expr.Length(var array) ->
                    throw new IllegalArgumentException(
                            "the length of array '" + array + "' is not a constant");
            case Expr.WorkItem place -> place(place);
            case Expr.Unary(var op, var x) -> unary(op, x);
            case Expr.Binary b -> binary(b);
            case Expr.Select s -> select(s);
            case Expr.Cast(var type, var x) -> conversions.cast(type, x.type(), of(x));
            case Expr.Bitcast(var type, var x) -> conversions.bitcast(type, x.type(), of(x));
            case Expr.Load(var array, var index, var type, _) -> load(array, index, type);
            case Expr.Call(var function, var _) -> call((Expr.Call) expr, function);
            case Expr.Broadcast(var type, var x) -> broadcast(type, x);
            case Expr.Lane(var x, var lane) -> lane(x, lane);
            case Expr.Reduce(var op, var x) -> reduce(op, x);
        };
    }

    /** {@return a store as an expression} */
    String store(Array array, Expr index, Expr value) {
        Type type = value.type();
        int lanes = type.lanes();
        String suffix = OpenClTypes.lanes("", lanes);
        if (array.element() == Scalar.F16
                && value instanceof Expr.Cast(_, var wide)
                && wide.type().scalar() == Scalar.F32) {
            // The store itself rounds.
            return Piece.call("vstore_half" + suffix + "_rte", of(wide), 0, at(array, index))
                    .text();
        }
        Piece v = of(value);
        return switch (array.element()) {
            case F16 -> Piece.call("vstore_half" + suffix + "_rte", v, 0, at(array, index)).text();
            case BF16 ->
                    element(
                            array,
                            index,
                            lanes,
                            OpenClConversions.convert(
                                    "ushort", lanes, OpenClConversions.upperHalf(v, lanes)));
            case BOOL ->
                    element(
                            array,
                            index,
                            lanes,
                            lanes == 1
                                    ? v.text()
                                    : OpenClConversions.convert(
                                            "char", lanes, v.at(Piece.SHIFT) + " & 1"));
            case I8, I16, U16, I32, I64, F32, F64 -> element(array, index, lanes, v.text());
        };
    }

    /** {@return the address of an element} */
    String at(Array array, Expr index) {
        String name = name(array);
        String base =
                array.element() == Scalar.F16 && array.space() != Space.GLOBAL
                        ? "(" + OpenClStatements.qualifier(array.space()) + " half *)" + name
                        : name;
        return index instanceof Const(_, var bits) && bits == 0
                ? base
                : base + " + " + of(index).at(Piece.MULTIPLICATIVE);
    }

    /** {@return the name of an array} */
    String name(Array array) {
        String name = arrays.get(array);
        if (name == null) {
            throw new IllegalArgumentException("array '" + array + "' is never allocated");
        }
        return name;
    }

    /** {@return the name of a variable} */
    String name(Var variable) {
        String name = variables.get(variable);
        if (name == null) {
            throw new IllegalArgumentException("variable '" + variable + "' is never assigned");
        }
        return name;
    }

    /** {@return the text of {@code a op b} for a helper with these two parameters} */
    String combine(BinaryOp op, Type type) {
        Var a = new Var("a", type);
        Var b = new Var("b", type);
        variables.put(a, "a");
        variables.put(b, "b");
        String text = binary(new Expr.Binary(op, a, b)).text();
        variables.remove(a);
        variables.remove(b);
        return text;
    }

    private String element(Array array, Expr index, int lanes, String value) {
        return lanes == 1
                ? name(array) + "[" + of(index) + "] = " + value
                : Piece.call("vstore" + lanes, value, 0, at(array, index)).text();
    }

    private Piece load(Array array, Expr index, Type type) {
        int lanes = type.lanes();
        Piece memory =
                lanes == 1
                        ? Piece.primary(name(array) + "[" + of(index) + "]")
                        : Piece.call("vload" + lanes, 0, at(array, index));
        return switch (array.element()) {
            case F16 ->
                    Piece.call("vload_half" + OpenClTypes.lanes("", lanes), 0, at(array, index));
            case BF16 -> OpenClConversions.bfloat(type, memory);
            case BOOL ->
                    lanes == 1
                            ? new Piece(memory + " != 0", Piece.EQUALITY)
                            : Piece.call("convert_int" + lanes, memory + " != (char)(0)");
            case I8, I16, U16, I32, I64, F32, F64 -> memory;
        };
    }

    private Piece place(Expr.WorkItem place) {
        Intervals.Interval values = intervals.of(place);
        if (values.low() == values.high()) {
            return Piece.primary(Long.toString(values.low()));
        }
        String function =
                switch (place.query()) {
                    case GLOBAL_ID -> "get_global_id";
                    case LOCAL_ID -> "get_local_id";
                    case GROUP_ID -> "get_group_id";
                    case GLOBAL_SIZE -> "get_global_size";
                    case LOCAL_SIZE -> "get_local_size";
                    case GROUP_COUNT -> "get_num_groups";
                };
        return Piece.cast("int", Piece.call(function, place.axis()));
    }

    private Piece unary(UnaryOp op, Expr x) {
        Type type = x.type();
        Piece a = of(x);
        return switch (op) {
            case NEG -> {
                if (type.isFloat()) {
                    yield new Piece("-" + a.at(Piece.PRIMARY), Piece.UNARY);
                }
                Expr zero = Const.zero(type);
                yield binary(new Expr.Binary(BinaryOp.SUB, zero, x));
            }
            case NOT -> new Piece((type.isVector() ? "~" : "!") + a.at(Piece.PRIMARY), Piece.UNARY);
            case COMPLEMENT -> narrowed(type, new Piece("~" + a.at(Piece.PRIMARY), Piece.UNARY));
        };
    }

    private Piece binary(Expr.Binary b) {
        Type type = b.x().type();
        return switch (b.op()) {
            case ADD -> arithmetic(b, "+", Piece.ADDITIVE);
            case SUB -> arithmetic(b, "-", Piece.ADDITIVE);
            case MUL -> arithmetic(b, "*", Piece.MULTIPLICATIVE);
            case DIV ->
                    type.isFloat()
                            ? arithmetic(b, "/", Piece.MULTIPLICATIVE)
                            : division(b, "/", Piece.MULTIPLICATIVE);
            case REM ->
                    type.isFloat()
                            ? Piece.call("fmod", of(b.x()), of(b.y()))
                            : division(b, "%", Piece.MULTIPLICATIVE);
            case AND -> bitwise(b, "&", Piece.AND);
            case OR -> bitwise(b, "|", Piece.OR);
            case XOR -> bitwise(b, "^", Piece.XOR);
            case SHL, SHR, USHR -> shift(b);
            case MIN, MAX -> extremum(b);
            case EQ, NE -> comparison(b, Piece.EQUALITY);
            case LT, LE, GT, GE -> comparison(b, Piece.RELATIONAL);
        };
    }

    private Piece arithmetic(Expr.Binary b, String operator, int level) {
        Type type = b.type();
        if (type.isFloat()) {
            return conversions.rounded(type, infix(of(b.x()), operator, of(b.y()), level));
        }
        if (intervals.isExact(b)) {
            return narrowed(type, infix(of(b.x()), operator, of(b.y()), level));
        }
        return signed(type, wrapping(b));
    }

    /**
     * An integer in an unsigned type of at least its size, equal in the bits of its type: overflow
     * wraps there and is undefined on signed types.
     */
    private Piece wrapping(Expr expr) {
        Type type = expr.type();
        boolean wide = type.isVector() || type.scalar() == Scalar.I64;
        String unsigned = wide ? OpenClTypes.unsigned(type) : "uint";
        return switch (expr) {
            case Expr.Binary b
                    when (b.op() == BinaryOp.ADD
                                    || b.op() == BinaryOp.SUB
                                    || b.op() == BinaryOp.MUL)
                            && !intervals.isExact(b) -> {
                int level = b.op() == BinaryOp.MUL ? Piece.MULTIPLICATIVE : Piece.ADDITIVE;
                yield infix(wrapping(b.x()), b.op().symbol(), wrapping(b.y()), level);
            }
            case Const(_, var bits) when !type.isVector() && bits >= 0 ->
                    Piece.primary(bits + (type.scalar() == Scalar.I64 ? "UL" : "u"));
            default ->
                    type.isVector()
                            ? Piece.call("as_" + unsigned, of(expr))
                            : Piece.cast(unsigned, of(expr));
        };
    }

    /** The integer whose bits are the low bits of an unsigned one. */
    private static Piece signed(Type type, Piece unsigned) {
        String register = OpenClTypes.register(type);
        return type.isVector()
                ? Piece.call("as_" + register, unsigned)
                : Piece.cast(register, unsigned);
    }

    private Piece division(Expr.Binary b, String operator, int level) {
        Type type = b.type();
        Intervals.Interval x = intervals.of(b.x());
        Intervals.Interval y = intervals.of(b.y());
        long least = Intervals.all(type.scalar()).low();
        boolean defined = !y.contains(0) && (!y.contains(-1) || !x.contains(least));
        if (defined) {
            return narrowed(type, infix(of(b.x()), operator, of(b.y()), level));
        }
        Type wide = !type.isVector() && type.scalar() != Scalar.I64 ? Type.I32 : type;
        String function = operator.equals("/") ? prelude.divide(wide) : prelude.remainder(wide);
        return narrowed(type, Piece.call(function, of(b.x()), of(b.y())));
    }

    private Piece bitwise(Expr.Binary b, String operator, int level) {
        // Comparisons in parentheses: C binds them stronger, which readers seldom remember.
        String x = of(b.x()).at(level);
        String y = of(b.y()).at(level + 1);
        if (b.x().type().scalar() == Scalar.BOOL) {
            x = of(b.x()).at(isSame(b.x(), b.op()) ? level : Piece.SHIFT);
            y = of(b.y()).at(Piece.SHIFT);
        }
        return narrowed(b.type(), new Piece(x + " " + operator + " " + y, level));
    }

    private static boolean isSame(Expr x, BinaryOp op) {
        return x instanceof Expr.Binary(var inner, _, _) && inner == op;
    }

    private Piece shift(Expr.Binary b) {
        Type type = b.type();
        boolean narrow = type.scalar() != Scalar.I32 && type.scalar() != Scalar.I64;
        if (narrow && type.isVector()) {
            Type wide = new Type(Scalar.I32, type.lanes());
            Expr widened = new Expr.Binary(b.op(), new Expr.Cast(wide, b.x()), b.y());
            return conversions.cast(type, widened.type(), of(widened));
        }
        Piece count = shiftCount(b.y(), type);
        return switch (b.op()) {
            case SHL -> narrowed(type, infix(of(b.x()), "<<", count, Piece.SHIFT));
            case SHR -> narrowed(type, infix(of(b.x()), ">>", count, Piece.SHIFT));
            case USHR -> {
                Piece bits = narrow ? Piece.cast("uint", of(b.x())) : wrapping(b.x());
                yield signed(type, infix(bits, ">>", count, Piece.SHIFT));
            }
            default -> throw new IllegalArgumentException(b.op() + " is no shift");
        };
    }

    /** The low 5 or 6 bits of the count, in the lanes of the shifted value. */
    private Piece shiftCount(Expr y, Type shifted) {
        int mask = shifted.scalar() == Scalar.I64 ? 63 : 31;
        if (y instanceof Const(var type, var bits) && !type.isVector()) {
            return Piece.primary(Long.toString(bits & mask));
        }
        Intervals.Interval counts = intervals.of(y);
        Piece count = of(y);
        Piece masked =
                counts.within(new Intervals.Interval(0, mask))
                        ? count
                        : new Piece(count.at(Piece.EQUALITY) + " & " + mask, Piece.AND);
        return y.type().isVector() && !y.type().equals(shifted)
                ? Piece.call("convert_" + OpenClTypes.register(shifted), masked)
                : masked;
    }

    private Piece extremum(Expr.Binary b) {
        Type type = b.type();
        Piece x = of(b.x());
        Piece y = of(b.y());
        if (!type.isFloat()) {
            return Piece.call(b.op() == BinaryOp.MAX ? "max" : "min", x, y);
        }
        Type held = OpenClTypes.held(type);
        return settles(b.op(), b.y())
                ? Piece.call(prelude.bound(b.op(), held), x, y)
                : settles(b.op(), b.x())
                        ? Piece.call(prelude.bound(b.op(), held), y, x)
                        : Piece.call(prelude.extremum(b.op(), held), x, y);
    }

    /** Whether a single comparison with the constant gives Java's min or max. */
    private static boolean settles(BinaryOp op, Expr bound) {
        return switch (bound) {
            case Expr.Broadcast(_, var x) -> settles(op, x);
            case Const c -> {
                double value = c.asDouble();
                boolean negative = Math.copySign(1, value) < 0;
                yield value != 0 ? !Double.isNaN(value) : negative == (op == BinaryOp.MIN);
            }
            default -> false;
        };
    }

    private Piece comparison(Expr.Binary b, int level) {
        Type type = b.x().type();
        // True is -1 in a mask, which is below false.
        boolean reversed = type.isVector() && type.scalar() == Scalar.BOOL;
        String x = of(reversed ? b.y() : b.x()).at(Piece.SHIFT);
        String y = of(reversed ? b.x() : b.y()).at(Piece.SHIFT);
        Piece compared = new Piece(x + " " + b.op().symbol() + " " + y, level);
        boolean otherMask = type.isVector() && !OpenClTypes.mask(type).startsWith("int");
        return otherMask ? Piece.call("convert_int" + type.lanes(), compared) : compared;
    }

    private Piece select(Expr.Select s) {
        Type type = s.type();
        Piece condition = of(s.condition());
        Piece yes = of(s.yes());
        Piece no = of(s.no());
        if (!s.condition().type().isVector()) {
            return narrowed(
                    type,
                    new Piece(
                            condition.at(Piece.OR)
                                    + " ? "
                                    + yes.at(Piece.OR)
                                    + " : "
                                    + no.at(Piece.CONDITIONAL),
                            Piece.CONDITIONAL));
        }
        String mask = OpenClTypes.mask(type);
        Piece wide = mask.startsWith("int") ? condition : Piece.call("convert_" + mask, condition);
        return Piece.call("select", no, yes, wide);
    }

    private Piece call(Expr.Call call, Function function) {
        Type type = call.type();
        Object[] arguments = call.arguments().stream().map(this::of).toArray();
        if (!type.isFloat()) {
            return integerCall(call, function, arguments);
        }
        Type held = OpenClTypes.held(type);
        String name =
                switch (function) {
                    case SIGNUM -> prelude.signum(held);
                    case POW -> prelude.power(held);
                    case POPCOUNT, MULHI ->
                            throw new IllegalArgumentException(
                                    function + " is defined on integers only");
                    default -> OpenClFunctions.name(function);
                };
        return conversions.rounded(type, Piece.call(name, arguments));
    }

    private Piece integerCall(Expr.Call call, Function function, Object[] arguments) {
        Type type = call.type();
        return switch (function) {
            case ABS ->
                    type.isVector()
                            ? Piece.call(
                                    "as_" + OpenClTypes.register(type),
                                    Piece.call("abs", arguments))
                            : Piece.cast(OpenClTypes.register(type), Piece.call("abs", arguments));
            case SIGNUM -> Piece.call(prelude.signum(type), arguments);
            case POPCOUNT, MULHI -> Piece.call(OpenClFunctions.name(function), arguments);
            case FMA ->
                    binary(
                            new Expr.Binary(
                                    BinaryOp.ADD,
                                    new Expr.Binary(
                                            BinaryOp.MUL,
                                            call.arguments().get(0),
                                            call.arguments().get(1)),
                                    call.arguments().get(2)));
            default -> throw new IllegalArgumentException(function + " is not defined on " + type);
        };
    }

    private Piece broadcast(Type type, Expr x) {
        Piece a = of(x);
        if (!type.isVector()) {
            return a;
        }
        String value =
                type.scalar() == Scalar.BOOL
                        ? "-" + Piece.cast("int", a).at(Piece.UNARY)
                        : a.text();
        return new Piece("(" + OpenClTypes.register(type) + ")(" + value + ")", Piece.UNARY);
    }

    private Piece lane(Expr x, int lane) {
        Piece a = of(x);
        if (!x.type().isVector()) {
            return a;
        }
        Piece component = Piece.primary(a.at(Piece.PRIMARY) + ".s" + Integer.toHexString(lane));
        return x.type().scalar() == Scalar.BOOL
                ? new Piece(component + " != 0", Piece.EQUALITY)
                : component;
    }

    private Piece reduce(BinaryOp op, Expr x) {
        Piece a = of(x);
        Type type = x.type();
        if (!type.isVector()) {
            return a;
        }
        return Piece.call(prelude.reduce(op, type, half -> combine(op, half)), a);
    }

    /** C computes on small integers in int; this is the value in its own type again. */
    private static Piece narrowed(Type type, Piece x) {
        return switch (type.scalar()) {
            case I8, I16, U16 -> type.isVector() ? x : Piece.cast(OpenClTypes.register(type), x);
            case BOOL, I32, I64, F16, BF16, F32, F64 -> x;
        };
    }

    private static Piece infix(Piece x, String operator, Piece y, int level) {
        return new Piece(x.at(level) + " " + operator + " " + y.at(level + 1), level);
    }
}
