package org.tornadovit.codegen;

import org.tornadovit.ir.Const;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Type;

/** Constants as OpenCL C writes them; every finite number is read back bit for bit. */
final class OpenClLiterals {
    private OpenClLiterals() {}

    /** {@return a constant of the type that {@link OpenClTypes#register} names} */
    static Piece of(Const constant) {
        Type type = constant.type();
        if (!type.isVector()) {
            return scalar(constant);
        }
        Piece element =
                type.scalar() == Scalar.BOOL
                        ? Piece.primary(constant.bits() == 0 ? "0" : "-1")
                        : scalar(constant);
        return new Piece("(" + OpenClTypes.register(type) + ")(" + element + ")", Piece.UNARY);
    }

    private static Piece scalar(Const constant) {
        long bits = constant.bits();
        return switch (constant.type().scalar()) {
            case BOOL -> Piece.primary(bits == 0 ? "false" : "true");
            case I8, I16, U16 ->
                    new Piece(
                            "(" + OpenClTypes.register(constant.type()) + ")" + number(bits, ""),
                            Piece.UNARY);
            case I32 ->
                    bits == Integer.MIN_VALUE
                            ? Piece.primary("(-2147483647 - 1)")
                            : number(bits, "");
            case I64 ->
                    bits == Long.MIN_VALUE
                            ? Piece.primary("(-9223372036854775807L - 1L)")
                            : number(bits, "L");
            case F16, BF16 -> single((float) constant.asDouble());
            case F32 -> single(Float.intBitsToFloat((int) bits));
            case F64 -> twice(Double.longBitsToDouble(bits));
        };
    }

    private static Piece number(long value, String suffix) {
        return new Piece(value + suffix, value < 0 ? Piece.UNARY : Piece.PRIMARY);
    }

    private static Piece single(float value) {
        return Float.isFinite(value)
                ? signed(Float.toString(value) + "f")
                : Piece.call("as_float", "0x%08xu".formatted(Float.floatToRawIntBits(value)));
    }

    private static Piece twice(double value) {
        return Double.isFinite(value)
                ? signed(Double.toString(value))
                : Piece.call("as_double", "0x%016xUL".formatted(Double.doubleToRawLongBits(value)));
    }

    private static Piece signed(String text) {
        return new Piece(text, text.startsWith("-") ? Piece.UNARY : Piece.PRIMARY);
    }
}
