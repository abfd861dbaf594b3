package org.tornadovit.frontend;

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
import org.tornadovit.ir.Var;

/** AtomicInteger and AtomicLong: an array of one element. */
final class AtomicIntrinsics {
    private AtomicIntrinsics() {}

    static Map<String, Intrinsic> all() {
        Map<String, Intrinsic> table = new HashMap<>();
        ApiTypes.ATOMICS.forEach((owner, scalar) -> {
            String type = scalar == Scalar.I64 ? "J" : "I";
            Const one = new Const(Type.of(scalar), 1);
            Const less = new Const(Type.of(scalar), -1);
            table.put(owner + ".incrementAndGet()" + type, c -> add(c, one, true));
            table.put(owner + ".decrementAndGet()" + type, c -> add(c, less, true));
            table.put(owner + ".getAndIncrement()" + type, c -> add(c, one, false));
            table.put(owner + ".getAndDecrement()" + type, c -> add(c, less, false));
            String given = "(" + type + ")" + type;
            table.put(owner + ".addAndGet" + given, c -> add(c, c.simple(1), true));
            table.put(owner + ".getAndAdd" + given, c -> add(c, c.number(1), false));
            for (String get : new String[] {"get", "getPlain", "getAcquire"}) {
                table.put(owner + "." + get + "()" + type, Intrinsic.pure(AtomicIntrinsics::get));
            }
            for (String set : new String[] {"set", "setPlain", "setRelease", "lazySet"}) {
                table.put(
                        owner + "." + set + "(" + type + ")V",
                        c -> c.effect(store(c.array(0), c.number(1), c)));
            }
            for (String to : new String[] {"int I", "long J", "float F", "double D"}) {
                String[] target = to.split(" ");
                Scalar result = ApiTypes.primitive(target[1]).orElseThrow();
                table.put(
                        owner + "." + target[0] + "Value()" + target[1],
                        Intrinsic.pure(c -> Trees.cast(result, get(c))));
            }
        });
        return table;
    }

    private static Expr get(Intrinsic.Call call) {
        Array array = call.array(0);
        return new Expr.Load(array, Const.i32(0), Type.of(array.element()), call.site());
    }

    static Stmt store(Array array, Expr value, Intrinsic.Call call) {
        return new Stmt.Store(array, Const.i32(0), value, call.site());
    }

    private static Optional<Value> add(Intrinsic.Call call, Expr value, boolean after) {
        Array array = call.array(0);
        Var before = new Var("before", Type.of(array.element()));
        call.effect(new Stmt.Atomic(BinaryOp.ADD, array, Const.i32(0), value, before, call.site()));
        Expr result = after ? Trees.binary(BinaryOp.ADD, before, value) : before;
        return Optional.of(new Value.Number(result));
    }
}
