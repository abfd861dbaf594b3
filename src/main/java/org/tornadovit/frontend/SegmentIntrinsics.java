package org.tornadovit.frontend;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;

/**
 * Memory segments. One that a kernel reads and writes as elements of one type is an array of them;
 * any other is one of bytes, of which numbers are put together.
 */
final class SegmentIntrinsics {
    private static final String OWNER = "java/lang/foreign/MemorySegment";
    private static final String LAYOUT = "Ljava/lang/foreign/ValueLayout$Of";

    private static final Map<String, Scalar> LAYOUTS =
            Map.of(
                    "Boolean", Scalar.BOOL,
                    "Byte", Scalar.I8,
                    "Short", Scalar.I16,
                    "Char", Scalar.U16,
                    "Int", Scalar.I32,
                    "Long", Scalar.I64,
                    "Float", Scalar.F32,
                    "Double", Scalar.F64);

    private SegmentIntrinsics() {}

    static Map<String, Intrinsic> all() {
        Map<String, Intrinsic> table = new HashMap<>();
        LAYOUTS.forEach((name, scalar) -> {
            String type =
                    name.equals("Boolean") ? "Z" : name.equals("Long") ? "J" : name.substring(0, 1);
            String place = "(" + LAYOUT + name + ";J";
            table.put(OWNER + ".get" + place + ")" + type, call -> get(call, scalar, false));
            table.put(OWNER + ".getAtIndex" + place + ")" + type, call -> get(call, scalar, true));
            table.put(OWNER + ".set" + place + type + ")V", call -> set(call, scalar, false));
            table.put(OWNER + ".setAtIndex" + place + type + ")V", call -> set(call, scalar, true));
        });
        table.put(OWNER + ".byteSize()J", Intrinsic.pure(call -> segment(call).size()));
        String segment = ")L" + OWNER + ";";
        table.put(OWNER + ".asSlice(J" + segment, SegmentIntrinsics::slice);
        table.put(OWNER + ".asSlice(JJ" + segment, SegmentIntrinsics::slice);
        return table;
    }

    private static Value.OfSegment segment(Intrinsic.Call call) {
        if (call.arguments().getFirst() instanceof Value.OfSegment segment) {
            return segment;
        }
        throw new UnsupportedKernelException(
                call.site(), "a memory segment made in the kernel", "pass it as an argument");
    }

    /**
     * What an access means.
     *
     * @param element the number of the element, if the access is to a whole one
     * @param offset the first byte
     */
    private record Place(Optional<Expr> element, Expr offset, boolean bigEndian) {}

    private static Place place(
            Intrinsic.Call call, Value.OfSegment segment, Scalar scalar, boolean isIndex) {
        if (!(call.arguments().get(1) instanceof Value.OfObject(_, ValueLayout layout))) {
            throw new UnsupportedKernelException(
                    call.site(), "a layout that is no constant", "use ValueLayout.JAVA_FLOAT etc.");
        }
        boolean big = layout.order() == ByteOrder.BIG_ENDIAN && scalar.bytes() > 1;
        Expr given = call.simple(2);
        Expr offset = isIndex ? times(given, scalar.bytes()) : call.number(2);
        Optional<Expr> element =
                isIndex ? Optional.of(given) : divided(call.number(2), scalar.bytes());
        if (!segment.isWhole()) {
            Expr within = call.simple(offset);
            check(call, within, Const.i64(scalar.bytes()), segment);
            Expr start = times(segment.first(), segment.unit());
            offset = Trees.binary(BinaryOp.ADD, start, within);
            element =
                    segment.unit() % scalar.bytes() == 0
                            ? element.map(e ->
                                    Trees.binary(
                                            BinaryOp.ADD,
                                            times(segment.first(), segment.unit() / scalar.bytes()),
                                            e))
                            : Optional.empty();
        }
        return new Place(big ? Optional.empty() : element, offset, big);
    }

    /** Emits a check that a segment has {@code count} bytes from {@code offset} on. */
    private static void check(
            Intrinsic.Call call, Expr offset, Expr count, Value.OfSegment segment) {
        Expr zero = Const.i64(0);
        Expr last = Trees.binary(BinaryOp.SUB, segment.size(), count);
        Expr low = Trees.binary(BinaryOp.GE, offset, zero);
        Expr high = Trees.binary(BinaryOp.LE, offset, last);
        Expr sound = Trees.binary(BinaryOp.AND, low, high);
        Expr shown = Trees.cast(Scalar.I32, offset);
        call.effect(new Stmt.Check(sound, Stmt.Trap.INDEX, shown, call.site()));
    }

    /** A part of a segment: the same array from another place on. */
    private static Optional<Value> slice(Intrinsic.Call call) {
        Value.OfSegment segment = segment(call);
        Expr given = call.number(1);
        int unit = Long.BYTES;
        while (divided(given, unit).isEmpty()) {
            unit /= 2;
        }
        Expr quotient = held(call, divided(given, unit).orElseThrow());
        Expr offset = call.simple(times(quotient, unit));
        Expr size =
                call.arguments().size() > 2
                        ? held(call, call.number(2))
                        : held(call, Trees.binary(BinaryOp.SUB, segment.size(), offset));
        Expr some = Trees.binary(BinaryOp.GE, size, Const.i64(0));
        Expr shown = Trees.cast(Scalar.I32, size);
        call.effect(new Stmt.Check(some, Stmt.Trap.SIZE, shown, call.site()));
        check(call, offset, size, segment);
        int common = Math.min(unit, segment.unit());
        Expr first =
                Trees.binary(
                        BinaryOp.ADD,
                        times(segment.first(), segment.unit() / common),
                        times(quotient, unit / common));
        return Optional.of(
                new Value.OfSegment(
                        segment.source(),
                        segment.array(),
                        segment.bytes(),
                        held(call, first),
                        common,
                        size));
    }

    /** {@return a constant or a new variable, which nothing assigns again} */
    private static Expr held(Intrinsic.Call call, Expr value) {
        return value instanceof Const ? value : call.frame().emitter().hold(value);
    }

    /** {@return the quotient of a number that is a product with {@code divisor} for certain} */
    private static Optional<Expr> divided(Expr x, int divisor) {
        return switch (x) {
            case Const(var type, var bits) when bits % divisor == 0 ->
                    Optional.of(new Const(type, bits / divisor));
            case Expr.Binary(var op, var a, Const c)
                    when op == BinaryOp.MUL && c.bits() % divisor == 0 ->
                    Optional.of(times(a, c.bits() / divisor));
            case Expr.Binary(var op, Const c, var a)
                    when op == BinaryOp.MUL && c.bits() % divisor == 0 ->
                    Optional.of(times(a, c.bits() / divisor));
            case Expr.Binary(var op, var a, var b) when op == BinaryOp.ADD ->
                    divided(a, divisor)
                            .flatMap(m ->
                                    divided(b, divisor).map(n -> Trees.binary(BinaryOp.ADD, m, n)));
            default -> divisor == 1 ? Optional.of(x) : Optional.empty();
        };
    }

    private static Expr times(Expr x, long factor) {
        return factor == 1 ? x : Trees.binary(BinaryOp.MUL, x, Const.i64(factor));
    }

    private static Optional<Value> get(Intrinsic.Call call, Scalar scalar, boolean isIndex) {
        Value.OfSegment segment = segment(call);
        Place place = place(call, segment, scalar, isIndex);
        call.frame().session().viewed(segment, scalar, place.element().isPresent());
        Array array = segment.array();
        Expr value =
                array.element() == scalar && place.element().isPresent()
                        ? new Expr.Load(array, place.element().get(), Type.of(scalar), call.site())
                        : assembled(call, array, scalar, place);
        return Optional.of(new Value.Number(Trees.promote(value)));
    }

    private static Expr assembled(Intrinsic.Call call, Array array, Scalar scalar, Place place) {
        Expr first = call.simple(place.offset());
        Type type = scalar.bytes() == Long.BYTES ? Type.I64 : Type.I32;
        Expr bits = new Const(type, 0);
        for (int k = 0; k < scalar.bytes(); k++) {
            Expr at = Trees.binary(BinaryOp.ADD, first, Const.i64(at(k, scalar, place)));
            Expr part = Trees.promote(new Expr.Load(array, at, Type.of(Scalar.I8), call.site()));
            Expr low = Trees.binary(BinaryOp.AND, part, Const.i32(0xff));
            Expr wide = Trees.cast(type.scalar(), low);
            Expr shifted = Trees.binary(BinaryOp.SHL, wide, Const.i32(Byte.SIZE * k));
            bits = Trees.binary(BinaryOp.OR, bits, k == 0 ? wide : shifted);
        }
        return switch (scalar) {
            case F32, F64 -> Trees.bits(scalar, bits);
            case BOOL -> Trees.binary(BinaryOp.NE, bits, Const.i32(0));
            default -> Trees.cast(scalar, bits);
        };
    }

    /** {@return where the byte of weight {@code k} lies} */
    private static int at(int k, Scalar scalar, Place place) {
        return place.bigEndian() ? scalar.bytes() - 1 - k : k;
    }

    private static Optional<Value> set(Intrinsic.Call call, Scalar scalar, boolean isIndex) {
        Value.OfSegment segment = segment(call);
        Place place = place(call, segment, scalar, isIndex);
        call.frame().session().viewed(segment, scalar, place.element().isPresent());
        Array array = segment.array();
        Expr value = call.simple(call.number(3));
        if (array.element() == scalar && place.element().isPresent()) {
            Expr narrow = Trees.narrow(scalar, value);
            return call.effect(new Stmt.Store(array, place.element().get(), narrow, call.site()));
        }
        Expr first = call.simple(place.offset());
        Expr bits =
                call.simple(
                        switch (scalar) {
                            case F32 -> Trees.bits(Scalar.I32, value);
                            case F64 -> Trees.bits(Scalar.I64, value);
                            case BOOL -> Trees.binary(BinaryOp.AND, value, Const.i32(1));
                            default -> value;
                        });
        for (int k = 0; k < scalar.bytes(); k++) {
            Expr at = Trees.binary(BinaryOp.ADD, first, Const.i64(at(k, scalar, place)));
            Expr part = k == 0 ? bits : Trees.binary(BinaryOp.USHR, bits, Const.i32(Byte.SIZE * k));
            call.effect(new Stmt.Store(array, at, Trees.cast(Scalar.I8, part), call.site()));
        }
        return Optional.empty();
    }
}
