package org.tornadovit.frontend;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;

/**
 * The methods of Math and StrictMath that throw an ArithmeticException where a result overflows.
 */
final class ExactIntrinsics {
    private ExactIntrinsics() {}

    /** {@return the intrinsics by owner, name and descriptor} */
    static Map<String, Intrinsic> all() {
        Map<String, Intrinsic> table = new HashMap<>();
        for (String owner : List.of("java/lang/Math.", "java/lang/StrictMath.")) {
            for (String type : List.of("I", "J")) {
                String one = "Exact(" + type + ")" + type;
                String two = "Exact(" + type + type + ")" + type;
                table.put(owner + "add" + two, Intrinsic.pure(ExactIntrinsics::add));
                table.put(owner + "subtract" + two, Intrinsic.pure(ExactIntrinsics::subtract));
                table.put(owner + "multiply" + two, Intrinsic.pure(ExactIntrinsics::multiply));
                table.put(owner + "divide" + two, quotient(MathIntrinsics::truncatedDiv));
                table.put(owner + "floorDiv" + two, quotient(MathIntrinsics::floorDiv));
                table.put(owner + "ceilDiv" + two, quotient(MathIntrinsics::ceilDiv));
                table.put(owner + "increment" + one, apart(true, ExactIntrinsics::increment));
                table.put(owner + "decrement" + one, apart(false, ExactIntrinsics::decrement));
                table.put(owner + "negate" + one, apart(false, ExactIntrinsics::negate));
                table.put(owner + "abs" + one, apart(false, ExactIntrinsics::abs));
            }
            table.put(owner + "multiplyExact(JI)J", Intrinsic.pure(ExactIntrinsics::multiply));
            table.put(owner + "toIntExact(J)I", Intrinsic.pure(ExactIntrinsics::toInt));
        }
        return table;
    }

    private static void check(Intrinsic.Call call, Expr sound) {
        call.effect(new Stmt.Check(sound, Stmt.Trap.OVERFLOW, Const.i32(0), call.site()));
    }

    private static Expr least(Type type) {
        return new Const(type, type.equals(Type.I32) ? Integer.MIN_VALUE : Long.MIN_VALUE);
    }

    private static Expr greatest(Type type) {
        return new Const(type, type.equals(Type.I32) ? Integer.MAX_VALUE : Long.MAX_VALUE);
    }

    /** The sum has the sign of one of its terms. */
    private static Expr add(Intrinsic.Call call) {
        Expr x = call.simple(0);
        Expr y = call.simple(1);
        Expr sum = call.simple(Trees.binary(BinaryOp.ADD, x, y));
        return signed(call, sum, xor(x, sum), xor(y, sum));
    }

    /** The difference has the sign of x, or x and y have one sign. */
    private static Expr subtract(Intrinsic.Call call) {
        Expr x = call.simple(0);
        Expr y = call.simple(1);
        Expr difference = call.simple(Trees.binary(BinaryOp.SUB, x, y));
        return signed(call, difference, xor(x, y), xor(x, difference));
    }

    private static Expr signed(Intrinsic.Call call, Expr result, Expr first, Expr second) {
        Expr both = Trees.binary(BinaryOp.AND, first, second);
        check(call, Trees.binary(BinaryOp.GE, both, Const.zero(result.type())));
        return result;
    }

    private static Expr xor(Expr x, Expr y) {
        return Trees.binary(BinaryOp.XOR, x, y);
    }

    /** The upper half of the product holds copies of the lower half's sign. */
    private static Expr multiply(Intrinsic.Call call) {
        Expr x = call.simple(0);
        Expr y = call.simple(Trees.cast(x.type().scalar(), call.number(1)));
        if (x.type().equals(Type.I32)) {
            Expr wide =
                    Trees.binary(
                            BinaryOp.MUL, Trees.cast(Scalar.I64, x), Trees.cast(Scalar.I64, y));
            return narrow(call, call.simple(wide));
        }
        Expr low = call.simple(Trees.binary(BinaryOp.MUL, x, y));
        Expr high = Trees.call(org.tornadovit.ir.Function.MULHI, x, y);
        Expr sign = Trees.binary(BinaryOp.SHR, low, Const.i32(Long.SIZE - 1));
        check(call, Trees.binary(BinaryOp.EQ, high, sign));
        return low;
    }

    private static Expr toInt(Intrinsic.Call call) {
        return narrow(call, call.simple(0));
    }

    private static Expr narrow(Intrinsic.Call call, Expr wide) {
        Expr narrow = call.simple(Trees.cast(Scalar.I32, wide));
        check(call, Trees.binary(BinaryOp.EQ, Trees.cast(Scalar.I64, narrow), wide));
        return narrow;
    }

    /** {@return a function of one number that one value overflows: the greatest or the least} */
    private static Intrinsic apart(boolean isGreatest, Function<Expr, Expr> function) {
        return Intrinsic.pure(call -> {
            Expr x = call.simple(0);
            Expr bad = isGreatest ? greatest(x.type()) : least(x.type());
            check(call, Trees.binary(BinaryOp.NE, x, bad));
            return function.apply(x);
        });
    }

    private static Expr increment(Expr x) {
        return Trees.binary(BinaryOp.ADD, x, new Const(x.type(), 1));
    }

    private static Expr decrement(Expr x) {
        return Trees.binary(BinaryOp.SUB, x, new Const(x.type(), 1));
    }

    private static Expr negate(Expr x) {
        return Trees.binary(BinaryOp.SUB, Const.zero(x.type()), x);
    }

    private static Expr abs(Expr x) {
        return Trees.call(org.tornadovit.ir.Function.ABS, x);
    }

    /** {@return a quotient, which overflows for the least number divided by -1} */
    private static Intrinsic quotient(Function<Intrinsic.Call, Expr> division) {
        return Intrinsic.pure(call -> {
            Expr x = call.simple(0);
            Expr y = call.simple(1);
            Expr other = Trees.binary(BinaryOp.NE, x, least(x.type()));
            Expr positive = Trees.binary(BinaryOp.NE, y, new Const(y.type(), -1));
            check(call, Trees.binary(BinaryOp.OR, other, positive));
            return division.apply(call);
        });
    }
}
