package org.tornadovit.codegen.ptx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tornadovit.codegen.Intervals;
import org.tornadovit.codegen.ptx.Memory.Address;
import org.tornadovit.codegen.ptx.Values.Known;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

/**
 * Expressions as instructions; one that stands in several places of a statement is computed once.
 */
final class Expressions {
    private static final String AXES = "xyz";

    private final Body body;
    private final Values values;
    private final Memory memory;
    private final Variables variables;
    private final Intervals intervals;
    private final Functions functions;
    private final Map<Expr, Value> computed = new HashMap<>();

    Expressions(Body body, Values values, Memory memory, Variables variables, Intervals intervals) {
        this.body = body;
        this.values = values;
        this.memory = memory;
        this.variables = variables;
        this.intervals = intervals;
        this.functions = new Functions(body, values);
    }

    /** Forgets what was computed: variables and memory change, or another block begins. */
    void forget() {
        computed.clear();
        memory.forget();
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

    /** {@return a place or size of the launch, an int} */
    String place(Expr.Query query, int axis) {
        char letter = AXES.charAt(axis);
        return switch (query) {
            case LOCAL_ID -> special("%tid.", letter);
            case GROUP_ID -> special("%ctaid.", letter);
            case LOCAL_SIZE -> special("%ntid.", letter);
            case GROUP_COUNT -> special("%nctaid.", letter);
            case GLOBAL_SIZE ->
                    body.r("mul.lo.s32", special("%nctaid.", letter), special("%ntid.", letter));
            case GLOBAL_ID ->
                    body.r(
                            "mad.lo.s32",
                            special("%ctaid.", letter),
                            special("%ntid.", letter),
                            special("%tid.", letter));
        };
    }

    private String special(String name, char axis) {
        return body.r("mov.u32", name + axis);
    }

    /** {@return the address of an element; constants that are added become part of it} */
    Address address(Array array, Expr index) {
        Expr at = index;
        long further = 0;
        while (at instanceof Expr.Binary(var op, var x, Const(_, var bits))
                && (op == BinaryOp.ADD || op == BinaryOp.SUB)
                && Math.abs(bits) <= Integer.MAX_VALUE
                && intervals.isExact((Expr.Binary) at)) {
            further += op == BinaryOp.ADD ? bits : -bits;
            at = x;
        }
        return memory.address(array, of(at), further);
    }

    private Value compute(Expr expr) {
        return switch (expr) {
            case Var v -> variables.read(v);
            case Const c -> values.constant(c.type(), c.bits());
            case Expr.Length(var array) ->
                    throw new IllegalArgumentException(
                            "the length of array '" + array + "' is not a constant");
            case Expr.WorkItem(var query, var axis) -> {
                Intervals.Interval place = intervals.of(expr);
                yield place.low() == place.high()
                        ? values.constant(Type.I32, place.low())
                        : Value.of(Type.I32, place(query, axis));
            }
            case Expr.Unary(var op, var x) ->
                    switch (op) {
                        case NEG -> values.negate(of(x));
                        case NOT, COMPLEMENT -> values.not(of(x));
                    };
            case Expr.Binary b -> values.binary(b.op(), of(b.x()), of(b.y()), known(b));
            case Expr.Select(var condition, var yes, var no) ->
                    values.select(of(condition), of(yes), of(no));
            case Expr.Cast(var type, var x) -> values.conversions().cast(type, of(x));
            case Expr.Bitcast(var type, var x) -> values.conversions().bitcast(type, of(x));
            case Expr.Load(var array, var index, var type, _) ->
                    memory.isWide(array, type) && Multiples.isMultiple(index, type.lanes())
                            ? memory.loadWide(array, address(array, index), type)
                            : memory.load(array, address(array, index), type);
            case Expr.Call(var function, var arguments) -> {
                List<Value> operands = new ArrayList<>();
                arguments.forEach(a -> operands.add(of(a)));
                yield functions.call(function, operands);
            }
            case Expr.Broadcast(var type, var x) -> Value.splat(type, of(x).scalar());
            case Expr.Lane(var x, var lane) ->
                    Value.of(x.type().withLanes(1), Values.lane(of(x), lane));
            case Expr.Reduce(var op, var x) -> values.reduce(op, of(x));
        };
    }

    private Known known(Expr.Binary b) {
        if (b.x().type().isFloat()) {
            return Known.NOTHING;
        }
        boolean plain =
                switch (b.op()) {
                    case DIV, REM -> isDefined(b);
                    case SHL, SHR, USHR -> {
                        int bits = b.type().scalar() == Scalar.I64 ? Long.SIZE : Integer.SIZE;
                        yield intervals.of(b.y()).within(new Intervals.Interval(0, bits - 1));
                    }
                    case ADD, SUB, MUL, MIN, MAX, AND, OR, XOR, EQ, NE, LT, LE, GT, GE -> true;
                };
        return plain ? Known.PLAIN : Known.NOTHING;
    }

    private boolean isDefined(Expr.Binary b) {
        Intervals.Interval y = intervals.of(b.y());
        long least = Intervals.all(b.type().scalar()).low();
        return !y.contains(0) && (!y.contains(-1) || !intervals.of(b.x()).contains(least));
    }
}
