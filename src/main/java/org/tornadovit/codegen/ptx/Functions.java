package org.tornadovit.codegen.ptx;

import java.util.ArrayList;
import java.util.List;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Function;
import org.tornadovit.ir.Type;

/**
 * Mathematical functions, lane by lane, within the errors that OpenCL allows (OpenClFunctions).
 *
 * <p>On float, {@code exp} and {@code tanh} are computed in float and others in double, whose
 * result is then rounded: their error is hardly more than half a unit in the last place.
 */
final class Functions {
    private final Body body;
    private final Values values;
    private final Doubles doubles;
    private final Floats floats;

    Functions(Body body, Values values) {
        this.body = body;
        this.values = values;
        this.doubles = new Doubles(body);
        this.floats = new Floats(body);
    }

    /** {@return a function of operands of one type} */
    Value call(Function function, List<Value> operands) {
        Type type = operands.getFirst().type();
        List<String> lanes = new ArrayList<>();
        for (int i = 0; i < type.lanes(); i++) {
            int lane = i;
            List<String> x = operands.stream().map(o -> Values.lane(o, lane)).toList();
            lanes.add(
                    switch (Bank.of(type.scalar())) {
                        case FLOAT -> onFloats(function, x);
                        case DOUBLE -> onDoubles(function, x);
                        case PREDICATE, BITS16, BITS32, BITS64 -> integer(function, type, x);
                    });
        }
        Value result = new Value(type, lanes);
        return type.isFloat() ? values.conversions().rounded(result) : values.canonical(result);
    }

    private String onFloats(Function function, List<String> x) {
        String a = x.getFirst();
        return switch (function) {
            case ABS -> body.f("abs.f32", a);
            case SQRT -> body.f("sqrt.rn.f32", a);
            case RSQRT -> body.f("rcp.rn.f32", body.f("sqrt.rn.f32", a));
            case FLOOR -> body.f("cvt.rmi.f32.f32", a);
            case CEIL -> body.f("cvt.rpi.f32.f32", a);
            case RINT -> body.f("cvt.rni.f32.f32", a);
            case FMA -> body.f("fma.rn.f32", a, x.get(1), x.get(2));
            case COPYSIGN -> body.f("copysign.f32", x.get(1), a);
            case EXP -> floats.exp(a);
            case TANH -> floats.tanh(a);
            case CBRT,
                    EXPM1,
                    LOG,
                    LOG2,
                    LOG10,
                    LOG1P,
                    SIN,
                    COS,
                    TAN,
                    SINPI,
                    COSPI,
                    ASIN,
                    ACOS,
                    ATAN,
                    SINH,
                    COSH,
                    ASINH,
                    ACOSH,
                    SIGNUM,
                    TO_RADIANS,
                    TO_DEGREES,
                    POPCOUNT,
                    POW,
                    ATAN2,
                    HYPOT,
                    MULHI ->
                    body.f(
                            "cvt.rn.f32.f64",
                            onDoubles(
                                    function,
                                    x.stream().map(e -> body.fd("cvt.f64.f32", held(e))).toList()));
        };
    }

    private String held(String x) {
        return x.startsWith("%") ? x : body.f("mov.f32", x);
    }

    private String onDoubles(Function function, List<String> x) {
        String a = x.getFirst();
        return switch (function) {
            case ABS -> body.fd("abs.f64", a);
            case SQRT -> body.fd("sqrt.rn.f64", a);
            case RSQRT -> body.fd("rcp.rn.f64", body.fd("sqrt.rn.f64", a));
            case FLOOR -> body.fd("cvt.rmi.f64.f64", a);
            case CEIL -> body.fd("cvt.rpi.f64.f64", a);
            case RINT -> body.fd("cvt.rni.f64.f64", a);
            case FMA -> body.fd("fma.rn.f64", a, x.get(1), x.get(2));
            case COPYSIGN -> body.fd("copysign.f64", x.get(1), a);
            case CBRT -> doubles.cbrt(a);
            case EXP -> doubles.exp(a);
            case EXPM1 -> doubles.expm1(a);
            case LOG -> doubles.log(a);
            case LOG2 -> doubles.log2(a);
            case LOG10 -> doubles.scaled(doubles.log(a), 1 / Math.log(10));
            case LOG1P -> doubles.log1p(a);
            case SIN -> doubles.circle().sin(a);
            case COS -> doubles.circle().cos(a);
            case TAN -> doubles.circle().tan(a);
            case SINPI -> doubles.circle().sinPi(a);
            case COSPI -> doubles.circle().cosPi(a);
            case ASIN -> doubles.arcs().asin(a);
            case ACOS -> doubles.arcs().acos(a);
            case ATAN -> doubles.arcs().atan2(a, doubles.number(1));
            case ATAN2 -> doubles.arcs().atan2(a, x.get(1));
            case SINH -> doubles.sinh(a);
            case COSH -> doubles.cosh(a);
            case TANH -> doubles.tanh(a);
            case ASINH -> doubles.asinh(a);
            case ACOSH -> doubles.acosh(a);
            case SIGNUM -> doubles.signum(a);
            case TO_RADIANS -> doubles.scaled(a, Math.PI / 180);
            case TO_DEGREES -> doubles.scaled(a, 180 / Math.PI);
            case POW -> doubles.pow(a, x.get(1));
            case HYPOT -> doubles.hypot(a, x.get(1));
            case POPCOUNT, MULHI ->
                    throw new IllegalArgumentException(function + " is defined on integers only");
        };
    }

    private String integer(Function function, Type type, List<String> x) {
        Bank bank = Bank.of(type.scalar());
        String signed = bank == Bank.BITS64 ? "s64" : "s32";
        String a = x.getFirst();
        return switch (function) {
            case ABS -> body.emit(bank, "max." + signed, a, body.emit(bank, "neg." + signed, a));
            case SIGNUM ->
                    body.emit(
                            bank, "max." + signed, body.emit(bank, "min." + signed, a, "1"), "-1");
            case POPCOUNT -> {
                String count = body.r("popc." + bank.type(), a);
                yield bank == Bank.BITS64 ? body.rd("cvt.u64.u32", count) : count;
            }
            case MULHI -> body.emit(bank, "mul.hi." + signed, a, x.get(1));
            case FMA ->
                    values.binary(
                                    BinaryOp.ADD,
                                    values.binary(
                                            BinaryOp.MUL,
                                            Value.of(type.withLanes(1), a),
                                            Value.of(type.withLanes(1), x.get(1)),
                                            Values.Known.NOTHING),
                                    Value.of(type.withLanes(1), x.get(2)),
                                    Values.Known.NOTHING)
                            .scalar();
            default -> throw new IllegalArgumentException(function + " is not defined on " + type);
        };
    }
}
