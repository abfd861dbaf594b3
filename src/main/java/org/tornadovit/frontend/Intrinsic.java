package org.tornadovit.frontend;

import java.util.List;
import java.util.Optional;
import org.tornadovit.ir.Array;
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

        /** Emits a statement that writes memory or synchronises. */
        Optional<Value> effect(Stmt stmt) {
            frame.emitter().effect(stmt);
            return Optional.empty();
        }
    }
}
