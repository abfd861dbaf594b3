package org.tornadovit.frontend;

import java.util.List;
import java.util.function.Predicate;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Function;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.UnaryOp;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/** Makes expressions, and answers questions about them. */
final class Trees {
    private Trees() {}

    static Expr binary(BinaryOp op, Expr x, Expr y) {
        return new Expr.Binary(op, x, y);
    }

    static Expr call(Function function, Expr... arguments) {
        return new Expr.Call(function, List.of(arguments));
    }

    static Expr select(Expr condition, Expr yes, Expr no) {
        return new Expr.Select(condition, yes, no);
    }

    /** {@return the conversion of {@code x}, nothing when a value comes back to its own type} */
    static Expr cast(Scalar to, Expr x) {
        if (x.type().scalar() == to) {
            return x;
        }
        if (x instanceof Expr.Cast(var wide, var inner)
                && inner.type().scalar() == to
                && wide.scalar().isInteger()
                && !to.isFloat()
                && wide.scalar().bytes() > to.bytes()) {
            return inner;
        }
        return new Expr.Cast(Type.of(to), x);
    }

    static Expr bits(Scalar to, Expr x) {
        return new Expr.Bitcast(Type.of(to), x);
    }

    /**
     * {@return a value as the byte code sees it: narrow integers and truth values as {@code int}}
     */
    static Expr promote(Expr x) {
        return switch (x.type().scalar()) {
            case BOOL, I8, I16, U16 -> cast(Scalar.I32, x);
            case I32, I64, F16, BF16, F32, F64 -> x;
        };
    }

    /** {@return the {@code int} value {@code x} as an element of type {@code to}} */
    static Expr narrow(Scalar to, Expr x) {
        if (to != Scalar.BOOL || x.type().scalar() == Scalar.BOOL) {
            return cast(to, x);
        }
        if (x instanceof Expr.Cast(_, var inner) && inner.type().equals(Type.BOOL)) {
            return inner;
        }
        return binary(BinaryOp.NE, binary(BinaryOp.AND, x, Const.i32(1)), Const.i32(0));
    }

    /** {@return the opposite of a truth value} */
    static Expr not(Expr x) {
        return switch (x) {
            case Const c -> Const.bool(c.bits() == 0);
            case Expr.Unary(var op, var inner) when op == UnaryOp.NOT -> inner;
            case Expr.Binary(var op, var a, var b) when opposite(op, a.type()) != op ->
                    binary(opposite(op, a.type()), a, b);
            case Expr.Binary(var op, var a, var b) when op == BinaryOp.AND ->
                    binary(BinaryOp.OR, not(a), not(b));
            case Expr.Binary(var op, var a, var b) when op == BinaryOp.OR ->
                    binary(BinaryOp.AND, not(a), not(b));
            default -> new Expr.Unary(UnaryOp.NOT, x);
        };
    }

    /** NaN: only EQ and NE are opposites on floating point. */
    private static BinaryOp opposite(BinaryOp op, Type operands) {
        if (op == BinaryOp.EQ) {
            return BinaryOp.NE;
        }
        if (op == BinaryOp.NE) {
            return BinaryOp.EQ;
        }
        if (operands.isFloat()) {
            return op;
        }
        return switch (op) {
            case LT -> BinaryOp.GE;
            case GE -> BinaryOp.LT;
            case GT -> BinaryOp.LE;
            case LE -> BinaryOp.GT;
            default -> op;
        };
    }

    /** {@return whether two expressions are the same variable or equal constants} */
    static boolean same(Expr x, Expr y) {
        return x == y
                || x instanceof Const(var type, var bits)
                        && y instanceof Const(var otherType, var otherBits)
                        && type.equals(otherType)
                        && bits == otherBits;
    }

    /** {@return whether {@code x} may be evaluated twice at no cost} */
    static boolean isSimple(Expr x) {
        return x instanceof Var
                || x instanceof Const
                || x instanceof Expr.Length
                || x instanceof Expr.WorkItem;
    }

    /** {@return whether a part of {@code x} satisfies {@code test}} */
    static boolean any(Expr x, Predicate<Expr> test) {
        boolean[] found = {false};
        new Walker() {
            @Override
            protected void visit(Expr expr) {
                found[0] |= test.test(expr);
            }
        }.walk(x);
        return found[0];
    }

    static boolean reads(Expr x, Var variable) {
        return any(x, e -> e == variable);
    }

    /** {@return whether the value depends on memory, or its evaluation can fail} */
    static boolean isDelicate(Expr x) {
        return any(x, e -> e instanceof Expr.Load || divides(e));
    }

    private static boolean divides(Expr x) {
        return x instanceof Expr.Binary(var op, var a, var b)
                && (op == BinaryOp.DIV || op == BinaryOp.REM)
                && !a.type().isFloat()
                && !(b instanceof Const c && c.bits() != 0);
    }
}
