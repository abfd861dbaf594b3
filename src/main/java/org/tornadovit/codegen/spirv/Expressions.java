package org.tornadovit.codegen.spirv;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tornadovit.codegen.Intervals;
import org.tornadovit.codegen.spirv.Values.Known;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Function;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

/**
 * Expressions as instructions; one that stands in several places of a statement is computed once.
 */
final class Expressions {
    private final Body body;
    private final SpirvModule module;
    private final Values values;
    private final Memory memory;
    private final Variables variables;
    private final Intervals intervals;
    private final Map<Expr, Value> computed = new HashMap<>();

    Expressions(Body body, Values values, Memory memory, Variables variables, Intervals intervals) {
        this.body = body;
        this.module = body.module();
        this.values = values;
        this.memory = memory;
        this.variables = variables;
        this.intervals = intervals;
    }

    /** Forgets what was computed: variables and memory change, or another block begins. */
    void forget() {
        computed.clear();
    }

    /** {@return the value of an expression} */
    Value of(Expr expr) {
        Value known = computed.get(expr);
        if (known != null) {
            return known;
        }
        Value value = compute(expr);
        computed.put(expr, value);
        return value;
    }

    /** {@return a place or size of the launch, a long} */
    Value place(BuiltIn builtIn, int axis) {
        int place = body.emit(Op.LOAD, module.inputType(), module.input(builtIn));
        int type = module.type(Type.I64);
        return new Value(Type.I64, body.emit(Op.COMPOSITE_EXTRACT, type, place, axis));
    }

    private Value compute(Expr expr) {
        return switch (expr) {
            case Var v -> variables.read(v);
            case Const c -> new Value(c.type(), module.constant(c));
            case Expr.Length(var array) ->
                    throw new IllegalArgumentException(
                            "the length of array '" + array + "' is not a constant");
            case Expr.WorkItem(var query, var axis) -> {
                Intervals.Interval place = intervals.of(expr);
                yield place.low() == place.high()
                        ? values.constant(Type.I32, place.low())
                        : values.conversions().cast(Type.I32, place(BuiltIn.of(query), axis));
            }
            case Expr.Unary(var op, var x) ->
                    switch (op) {
                        case NEG -> values.negate(of(x), Known.NOTHING);
                        case NOT -> values.apply(Op.LOGICAL_NOT, x.type(), of(x));
                        case COMPLEMENT -> values.apply(Op.NOT, x.type(), of(x));
                    };
            case Expr.Binary b -> binary(b);
            case Expr.Select(var condition, var yes, var no) ->
                    values.select(of(condition), of(yes), of(no));
            case Expr.Cast(var type, var x) -> values.conversions().cast(type, of(x));
            case Expr.Bitcast(var type, var x) -> values.conversions().bitcast(type, of(x));
            case Expr.Load(var array, var index, var type, _) ->
                    memory.load(array, of(index), type);
            case Expr.Call(var function, var arguments) -> call(function, arguments);
            case Expr.Broadcast(var type, Const c) ->
                    new Value(type, module.constant(new Const(type, c.bits())));
            case Expr.Broadcast(var type, var x) -> values.splat(of(x), type.lanes());
            case Expr.Lane(var x, var lane) -> values.lane(of(x), lane);
            case Expr.Reduce(var op, var x) -> values.reduce(op, of(x));
        };
    }

    private Value binary(Expr.Binary b) {
        Expr x = b.x();
        Expr y = b.y();
        boolean turned =
                (b.op() == BinaryOp.MIN || b.op() == BinaryOp.MAX)
                        && b.type().isFloat()
                        && settles(b.op(), x);
        return turned
                ? values.binary(b.op(), of(y), of(x), Known.PLAIN)
                : values.binary(b.op(), of(x), of(y), known(b));
    }

    private Known known(Expr.Binary b) {
        boolean isFloat = b.x().type().isFloat();
        boolean plain =
                switch (b.op()) {
                    case ADD, SUB, MUL -> !isFloat && intervals.isExact(b);
                    case DIV, REM -> !isFloat && isDefined(b);
                    case SHL, SHR, USHR -> {
                        int bits = b.type().scalar() == Scalar.I64 ? Long.SIZE : Integer.SIZE;
                        yield intervals.of(b.y()).within(new Intervals.Interval(0, bits - 1));
                    }
                    case MIN, MAX -> isFloat && settles(b.op(), b.y());
                    case AND, OR, XOR, EQ, NE, LT, LE, GT, GE -> true;
                };
        return plain ? Known.PLAIN : Known.NOTHING;
    }

    private boolean isDefined(Expr.Binary b) {
        Intervals.Interval y = intervals.of(b.y());
        long least = Intervals.all(b.type().scalar()).low();
        return !y.contains(0) && (!y.contains(-1) || !intervals.of(b.x()).contains(least));
    }

    /** Whether a single comparison with the constant gives Java's min or max. */
    private static boolean settles(BinaryOp op, Expr bound) {
        return switch (bound) {
            case Expr.Broadcast(_, var x) -> settles(op, x);
            case Const c -> {
                double value = c.asDouble();
                boolean sign = Double.doubleToRawLongBits(value) < 0;
                yield !Double.isNaN(value) && (value != 0 || sign == (op == BinaryOp.MIN));
            }
            default -> false;
        };
    }

    private Value call(Function function, List<Expr> arguments) {
        Type type = arguments.getFirst().type();
        Value[] operands = arguments.stream().map(this::of).toArray(Value[]::new);
        return type.isFloat()
                ? values.conversions().rounded(floating(function, type, operands))
                : integer(function, type, operands);
    }

    private Value floating(Function function, Type type, Value[] x) {
        return switch (function) {
            case SIGNUM -> signum(x[0]);
            case POW -> power(x[0], x[1]);
            case POPCOUNT, MULHI ->
                    throw new IllegalArgumentException(function + " is defined on integers only");
            default -> values.apply(Extended.of(function), type, x);
        };
    }

    private Value integer(Function function, Type type, Value[] x) {
        return switch (function) {
            case ABS -> values.apply(Extended.S_ABS, type, x);
            case SIGNUM -> signum(x[0]);
            case POPCOUNT, MULHI -> values.apply(Extended.of(function), type, x);
            case FMA ->
                    values.binary(
                            BinaryOp.ADD,
                            values.binary(BinaryOp.MUL, x[0], x[1], Known.NOTHING),
                            x[2],
                            Known.NOTHING);
            default -> throw new IllegalArgumentException(function + " is not defined on " + type);
        };
    }

    /** NaN and both zeros stay. */
    private Value signum(Value x) {
        Type held = Conversions.held(x.type());
        Value number = new Value(held, x.id());
        Value zero = values.whole(held, 0);
        Value below =
                values.select(
                        values.compare(BinaryOp.LT, number, zero), values.whole(held, -1), number);
        Value sign =
                values.select(
                        values.compare(BinaryOp.GT, number, zero), values.whole(held, 1), below);
        return new Value(x.type(), sign.id());
    }

    /** Java's pow: NaN where C has 1 for pow(1, NaN) and pow(+-1, +-infinity). */
    private Value power(Value x, Value y) {
        Type held = Conversions.held(x.type());
        Value base = new Value(held, x.id());
        Value exponent = new Value(held, y.id());
        long infinity =
                held.scalar() == Scalar.F64
                        ? Double.doubleToRawLongBits(Double.POSITIVE_INFINITY)
                        : Float.floatToRawIntBits(Float.POSITIVE_INFINITY);
        Value one = values.whole(held, 1);
        Value isOne = values.compare(BinaryOp.EQ, values.apply(Extended.FABS, held, base), one);
        Value isInfinite =
                values.compare(
                        BinaryOp.EQ,
                        values.apply(Extended.FABS, held, exponent),
                        values.constant(held, infinity));
        Value noNumber = values.compare(BinaryOp.NE, exponent, exponent);
        Type truth = noNumber.type();
        Value special =
                values.apply(
                        Op.LOGICAL_OR,
                        truth,
                        noNumber,
                        values.apply(Op.LOGICAL_AND, truth, isOne, isInfinite));
        Value nothing = values.apply(Op.F_SUB, held, exponent, exponent);
        Value plain = values.apply(Extended.POW, held, base, exponent);
        return new Value(x.type(), values.select(special, nothing, plain).id());
    }
}
