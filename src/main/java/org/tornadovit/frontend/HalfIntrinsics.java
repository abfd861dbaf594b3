package org.tornadovit.frontend;

import java.util.HashMap;
import java.util.Map;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Site;

/** HalfFloat and BFloat16: values of 16 bits that compute in {@code float} and round once. */
final class HalfIntrinsics {
    private static final String HALF = "L" + ApiTypes.HALF + ";";

    private HalfIntrinsics() {}

    static Map<String, Intrinsic> all() {
        Map<String, Intrinsic> table = new HashMap<>();
        Map.of(
                        "add", BinaryOp.ADD,
                        "sub", BinaryOp.SUB,
                        "mult", BinaryOp.MUL,
                        "div", BinaryOp.DIV)
                .forEach((name, op) -> table.put(ApiTypes.HALF + "." + name + pair(), rounded(op)));
        table.put(ApiTypes.MATH + ".min" + pair(), rounded(BinaryOp.MIN));
        table.put(ApiTypes.MATH + ".max" + pair(), rounded(BinaryOp.MAX));
        table.put(
                ApiTypes.HALF + ".getFloat32()F",
                Intrinsic.pure(c -> Trees.cast(Scalar.F32, c.number(0))));
        table.put(ApiTypes.HALF + ".getHalfFloatValue()S", Intrinsic.pure(c -> bits(c.number(0))));
        table.put(
                ApiTypes.BFLOAT + ".bf16ToFloat(S)F",
                Intrinsic.pure(c ->
                        Trees.cast(
                                Scalar.F32,
                                Trees.bits(Scalar.BF16, Trees.cast(Scalar.I16, c.number(0))))));
        table.put(
                ApiTypes.BFLOAT + ".bf16FromFloat(F)S",
                Intrinsic.pure(c -> Trees.bits(Scalar.I16, Trees.cast(Scalar.BF16, c.number(0)))));
        return table;
    }

    private static String pair() {
        return "(" + HALF + HALF + ")" + HALF;
    }

    private static Intrinsic rounded(BinaryOp op) {
        return Intrinsic.pure(c ->
                Trees.cast(
                        Scalar.F16,
                        Trees.binary(
                                op,
                                Trees.cast(Scalar.F32, c.number(0)),
                                Trees.cast(Scalar.F32, c.number(1)))));
    }

    /** {@return what a constructor of HalfFloat makes of its argument} */
    static Expr of(String descriptor, Expr argument, Site site) {
        return switch (descriptor) {
            case "(F)V" -> Trees.cast(Scalar.F16, argument);
            case "(S)V" -> ofBits(argument);
            default ->
                    throw new UnsupportedKernelException(
                            site, "the constructor HalfFloat" + descriptor, "pass a float");
        };
    }

    /** {@return the HalfFloat with the low 16 bits of an {@code int}} */
    static Expr ofBits(Expr bits) {
        return Trees.bits(Scalar.F16, Trees.cast(Scalar.I16, bits));
    }

    /** {@return the bits of a HalfFloat as an {@code int}} */
    static Expr bits(Expr half) {
        return Trees.promote(Trees.bits(Scalar.I16, half));
    }
}
