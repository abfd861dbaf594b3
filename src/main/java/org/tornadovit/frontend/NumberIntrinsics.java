package org.tornadovit.frontend;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Function;
import org.tornadovit.ir.Scalar;

/** Boxes and the bits of numbers. What is not here is translated from its own byte code. */
final class NumberIntrinsics {
    private static final String LANG = "java/lang/";

    private NumberIntrinsics() {}

    static Map<String, Intrinsic> all() {
        Map<String, Intrinsic> table = new HashMap<>();
        boxes(table);
        table.put(LANG + "Float.floatToRawIntBits(F)I", bits(Scalar.I32));
        table.put(LANG + "Float.intBitsToFloat(I)F", bits(Scalar.F32));
        table.put(LANG + "Double.doubleToRawLongBits(D)J", bits(Scalar.I64));
        table.put(LANG + "Double.longBitsToDouble(J)D", bits(Scalar.F64));
        table.put(
                LANG + "Float.floatToIntBits(F)I",
                Intrinsic.pure(c -> canonicalBits(c, Scalar.I32, 0x7fc00000)));
        table.put(
                LANG + "Double.doubleToLongBits(D)J",
                Intrinsic.pure(c -> canonicalBits(c, Scalar.I64, 0x7ff8000000000000L)));
        table.put(
                LANG + "Float.float16ToFloat(S)F",
                Intrinsic.pure(c -> Trees.cast(Scalar.F32, HalfIntrinsics.ofBits(c.number(0)))));
        table.put(
                LANG + "Float.floatToFloat16(F)S",
                Intrinsic.pure(c -> HalfIntrinsics.bits(Trees.cast(Scalar.F16, c.number(0)))));
        for (String box : List.of("Float", "Double")) {
            String type = box.substring(0, 1);
            table.put(
                    LANG + box + ".isNaN(" + type + ")Z",
                    Intrinsic.pure(c -> {
                        Expr x = c.simple(0);
                        return Trees.binary(BinaryOp.NE, x, x);
                    }));
            pair(table, box, type);
        }
        for (String box : List.of("Integer", "Long")) {
            String type = box.equals("Long") ? "J" : "I";
            table.put(
                    LANG + box + ".bitCount(" + type + ")I",
                    Intrinsic.pure(c ->
                            Trees.cast(Scalar.I32, Trees.call(Function.POPCOUNT, c.number(0)))));
            table.put(
                    LANG + box + ".numberOfTrailingZeros(" + type + ")I",
                    Intrinsic.pure(NumberIntrinsics::trailingZeros));
            table.put(
                    LANG + box + ".numberOfLeadingZeros(" + type + ")I",
                    Intrinsic.pure(NumberIntrinsics::leadingZeros));
            pair(table, box, type);
        }
        table.put(
                "java/util/Objects.requireNonNull(Ljava/lang/Object;)Ljava/lang/Object;",
                c -> Optional.of(c.arguments().getFirst()));
        return table;
    }

    private static void pair(Map<String, Intrinsic> table, String box, String type) {
        String descriptor = "(" + type + type + ")" + type;
        Map.of("min", BinaryOp.MIN, "max", BinaryOp.MAX, "sum", BinaryOp.ADD)
                .forEach((name, op) ->
                        table.put(
                                LANG + box + "." + name + descriptor,
                                Intrinsic.pure(c -> Trees.binary(op, c.number(0), c.number(1)))));
    }

    /** {@code Integer.valueOf(i)} is {@code i}; {@code x.longValue()} converts. */
    private static void boxes(Map<String, Intrinsic> table) {
        Map<String, String> types =
                Map.of(
                        "Boolean", "Z",
                        "Byte", "B",
                        "Short", "S",
                        "Character", "C",
                        "Integer", "I",
                        "Long", "J",
                        "Float", "F",
                        "Double", "D");
        types.forEach((box, type) -> {
            table.put(
                    LANG + box + ".valueOf(" + type + ")L" + LANG + box + ";",
                    Intrinsic.pure(c -> c.number(0)));
            boolean number = !box.equals("Boolean") && !box.equals("Character");
            types.forEach((target, descriptor) -> {
                boolean plain = target.equals("Boolean") || target.equals("Character");
                if (target.equals(box) || number && !plain) {
                    table.put(
                            LANG + box + "." + value(target) + "()" + descriptor,
                            unboxed(ApiTypes.primitive(descriptor).orElseThrow()));
                }
            });
        });
    }

    private static String value(String box) {
        return switch (box) {
            case "Integer" -> "intValue";
            case "Character" -> "charValue";
            default -> box.toLowerCase(java.util.Locale.ROOT) + "Value";
        };
    }

    private static Intrinsic unboxed(Scalar type) {
        return Intrinsic.pure(
                c -> type == Scalar.BOOL ? c.number(0) : Trees.cast(type, c.number(0)));
    }

    private static Intrinsic bits(Scalar type) {
        return Intrinsic.pure(c -> Trees.bits(type, c.number(0)));
    }

    private static Expr canonicalBits(Intrinsic.Call call, Scalar type, long nan) {
        Expr x = call.simple(0);
        Expr bits = Trees.bits(type, x);
        return Trees.select(Trees.binary(BinaryOp.NE, x, x), new Const(bits.type(), nan), bits);
    }

    /** The number of ones in {@code ~x & (x - 1)}. */
    private static Expr trailingZeros(Intrinsic.Call call) {
        Expr x = call.simple(0);
        Expr below = Trees.binary(BinaryOp.SUB, x, new Const(x.type(), 1));
        Expr inverse = Trees.binary(BinaryOp.XOR, x, new Const(x.type(), -1));
        return Trees.cast(
                Scalar.I32,
                Trees.call(Function.POPCOUNT, Trees.binary(BinaryOp.AND, inverse, below)));
    }

    /** The number of zeros after the highest one has been copied to all lower places. */
    private static Expr leadingZeros(Intrinsic.Call call) {
        Expr x = call.simple(0);
        for (int shift = 1; shift < 8 * x.type().scalar().bytes(); shift *= 2) {
            Expr shifted = Trees.binary(BinaryOp.USHR, x, Const.i32(shift));
            x = call.simple(Trees.binary(BinaryOp.OR, x, shifted));
        }
        Expr inverse = Trees.binary(BinaryOp.XOR, x, new Const(x.type(), -1));
        return Trees.cast(Scalar.I32, Trees.call(Function.POPCOUNT, inverse));
    }
}
