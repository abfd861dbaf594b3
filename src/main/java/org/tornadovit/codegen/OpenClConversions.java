package org.tornadovit.codegen;

import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Type;

/** Conversions of values, held as {@link OpenClTypes} says, and of their bits. */
final class OpenClConversions {
    private final OpenClPrelude prelude;

    OpenClConversions(OpenClPrelude prelude) {
        this.prelude = prelude;
    }

    /** {@return Java's conversion of {@code x}} */
    Piece cast(Type type, Type from, Piece x) {
        if (from.equals(type)) {
            return x;
        }
        if (from.scalar() == Scalar.BOOL) {
            Piece number = from.isVector() ? new Piece(x.at(Piece.SHIFT) + " & 1", Piece.AND) : x;
            return converted(type, number);
        }
        return switch (type.scalar()) {
            case BOOL -> truth(from, x);
            case I32, I64 -> integer(type, from, x);
            case I8, I16, U16 ->
                    converted(
                            type,
                            from.isFloat()
                                    ? integer(new Type(Scalar.I32, type.lanes()), from, x)
                                    : x);
            case F16, BF16 -> rounded(type, single(from, x));
            case F32 -> single(from, x);
            case F64 -> converted(type, x);
        };
    }

    /** {@return the value of another type with the same bits} */
    Piece bitcast(Type type, Type from, Piece x) {
        if (from.equals(type)) {
            return x;
        }
        if (from.scalar().bytes() != Short.BYTES) {
            return Piece.call("as_" + OpenClTypes.register(type), x);
        }
        Type bits = new Type(Scalar.U16, type.lanes());
        return ofBits(type, bits, bits(from, bits, x));
    }

    /** {@return a result of floating point in the precision of its type} */
    Piece rounded(Type type, Piece x) {
        return type.scalar() == Scalar.F16 || type.scalar() == Scalar.BF16
                ? Piece.call(prelude.round(type), x)
                : x;
    }

    /** {@return the float whose upper half is given as ushort} */
    static Piece bfloat(Type bits, Piece x) {
        int lanes = bits.lanes();
        String words = OpenClTypes.lanes("uint", lanes);
        Piece word = lanes == 1 ? Piece.cast(words, x) : Piece.call("convert_" + words, x);
        return Piece.call(
                "as_" + OpenClTypes.lanes("float", lanes), word.at(Piece.SHIFT) + " << 16");
    }

    /** {@return the upper half of a float, in the low bits of a uint} */
    static String upperHalf(Piece x, int lanes) {
        return "as_" + OpenClTypes.lanes("uint", lanes) + "(" + x + ") >> 16";
    }

    /** {@return integers of another size, cut where they do not fit} */
    static String convert(String base, int lanes, String value) {
        return lanes == 1
                ? "(" + base + ")(" + value + ")"
                : "convert_" + base + lanes + "(" + value + ")";
    }

    private Piece integer(Type type, Type from, Piece x) {
        return from.isFloat()
                ? Piece.call(prelude.toInteger(OpenClTypes.held(from), type), x)
                : converted(type, x);
    }

    private static Piece truth(Type from, Piece x) {
        String zero = from.isVector() ? "(" + OpenClTypes.register(from) + ")(0)" : "0";
        Piece compared = new Piece(x.at(Piece.SHIFT) + " != " + zero, Piece.EQUALITY);
        boolean otherMask = from.isVector() && !OpenClTypes.mask(from).startsWith("int");
        return otherMask ? Piece.call("convert_int" + from.lanes(), compared) : compared;
    }

    /** A value of any type as float. */
    private static Piece single(Type from, Piece x) {
        Type type = new Type(Scalar.F32, from.lanes());
        return from.isFloat() && OpenClTypes.held(from).equals(type) ? x : converted(type, x);
    }

    private static Piece converted(Type type, Piece x) {
        String register = OpenClTypes.register(type);
        return type.isVector() ? Piece.call("convert_" + register, x) : Piece.cast(register, x);
    }

    /** The bits of a 16-bit value as U16. */
    private Piece bits(Type from, Type bits, Piece x) {
        return switch (from.scalar()) {
            case U16 -> x;
            case F16 -> Piece.call(prelude.halfBits(from), x);
            case BF16 -> Piece.primary(convert("ushort", bits.lanes(), upperHalf(x, bits.lanes())));
            default -> Piece.call("as_" + OpenClTypes.register(bits), x);
        };
    }

    /** The 16-bit value of U16 bits. */
    private Piece ofBits(Type type, Type bits, Piece x) {
        return switch (type.scalar()) {
            case U16 -> x;
            case F16 -> Piece.call(prelude.halfOfBits(bits), x);
            case BF16 -> bfloat(bits, x);
            default -> Piece.call("as_" + OpenClTypes.register(type), x);
        };
    }
}
