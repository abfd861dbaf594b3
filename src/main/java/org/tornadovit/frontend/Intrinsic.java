package org.tornadovit.frontend;

import java.util.List;
import java.util.Optional;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Stmt;

/** What a known method does in a kernel. */
@FunctionalInterface
interface Intrinsic {
    /** {@return the result, after emitting what the call does} */
    Optional<Value> apply(Call call);

    /** An intrinsic that only computes a number. */
    static Intrinsic pure(java.util.function.Function<Call, Expr> body) {
        return call -> Optional.of(new Value.Number(Trees.promote(body.apply(call))));
    }

    /** Elements of an array: {@code length} of them from {@code start} on. */
    record Span(Array array, Expr start, Expr length) {
        /** {@return the place of an element} */
        Expr at(Expr index) {
            return start instanceof Const c && c.bits() == 0
                    ? index
                    : Trees.binary(BinaryOp.ADD, start, index);
        }
    }

    /**
     * A call.
     *
     * @param arguments the receiver, if the method has one, then the arguments
     * @param resultName the variable that takes the result at once
     */
    record Call(Frame frame, List<Value> arguments, Site site, Optional<String> resultName) {
        /** {@return an argument as a number} */
        Expr number(int index) {
            return frame.number(arguments.get(index), site);
        }

        /** {@return an argument as a number that may be used more than once} */
        Expr simple(int index) {
            return frame.emitter().simple(number(index));
        }

        /** {@return a value that may be used more than once} */
        Expr simple(Expr value) {
            return frame.emitter().simple(value);
        }

        /** {@return an argument as an array} */
        Array array(int index) {
            if (arguments.get(index) instanceof Value.OfArray(var array)) {
                return array;
            }
            throw new UnsupportedKernelException(
                    site, "an array that may be null", "pass it as an argument of the task");
        }

        /** {@return an argument as the elements of an array, or of an array in arrays} */
        Span span(int index) {
            return arguments.get(index) instanceof Value.OfRow(var array, var start, var columns)
                    ? new Span(array, frame.emitter().simple(start), columns)
                    : new Span(array(index), Const.i32(0), new Expr.Length(array(index)));
        }

        /** Emits a statement that writes memory or synchronises. */
        Optional<Value> effect(Stmt stmt) {
            frame.emitter().effect(stmt);
            return Optional.empty();
        }
    }
}
