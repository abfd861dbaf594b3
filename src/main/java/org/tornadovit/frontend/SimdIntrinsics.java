package org.tornadovit.frontend;

import java.util.Map;
import java.util.Optional;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

/**
 * Operations among 32 neighbouring work-items of a group, in the order x, y, z: each item writes to
 * local memory what the others read after a barrier. All items of the group must get there.
 */
final class SimdIntrinsics {
    /** Items of a SIMD group, on every device. */
    private static final int WIDTH = 32;

    private SimdIntrinsics() {}

    static Map<String, Intrinsic> all() {
        return Map.of(
                ApiTypes.CONTEXT + ".simdSum(F)F", SimdIntrinsics::sum,
                ApiTypes.CONTEXT + ".simdBroadcastFirst(F)F", SimdIntrinsics::first,
                ApiTypes.CONTEXT + ".simdShuffleDown(FI)F", SimdIntrinsics::down);
    }

    private static Optional<Value> sum(Intrinsic.Call call) {
        Expr item = call.simple(item());
        Array shared = share(call, item);
        Var sum = new Var("sum", Type.F32);
        Var at = new Var("at", Type.I32);
        Expr from = call.simple(base(item));
        Expr to = Trees.binary(BinaryOp.ADD, from, Const.i32(WIDTH));
        call.frame().emitter().plain(new Stmt.Assign(sum, Const.f32(-0f)));
        call.frame()
                .emitter()
                .plain(
                        new Stmt.For(
                                new Label("simd"),
                                at,
                                from,
                                Trees.binary(BinaryOp.MIN, to, items()),
                                1,
                                Run.SEQUENTIAL,
                                new Stmt.Assign(
                                        sum,
                                        Trees.binary(BinaryOp.ADD, sum, load(call, shared, at)))));
        return result(call, sum);
    }

    private static Optional<Value> first(Intrinsic.Call call) {
        Expr item = call.simple(item());
        Array shared = share(call, item);
        return result(call, call.frame().emitter().hold(load(call, shared, base(item))));
    }

    /** An item whose partner is outside of the SIMD group gets its own value. */
    private static Optional<Value> down(Intrinsic.Call call) {
        Expr delta = call.simple(2);
        Expr item = call.simple(item());
        Array shared = share(call, item);
        Expr partner = call.simple(Trees.binary(BinaryOp.ADD, item, delta));
        Expr end =
                Trees.binary(
                        BinaryOp.MIN,
                        Trees.binary(BinaryOp.ADD, base(item), Const.i32(WIDTH)),
                        items());
        Expr from = Trees.select(Trees.binary(BinaryOp.LT, partner, end), partner, item);
        return result(call, call.frame().emitter().hold(load(call, shared, from)));
    }

    private static Array share(Intrinsic.Call call, Expr item) {
        Expr value = call.number(1);
        Array shared = call.frame().session().shared();
        call.effect(new Stmt.Store(shared, item, value, call.site()));
        call.effect(new Stmt.Barrier(Space.LOCAL));
        return shared;
    }

    private static Optional<Value> result(Intrinsic.Call call, Expr value) {
        call.effect(new Stmt.Barrier(Space.LOCAL)); // before anyone writes again
        return Optional.of(new Value.Number(value));
    }

    private static Expr load(Intrinsic.Call call, Array shared, Expr at) {
        return new Expr.Load(shared, at, Type.F32, call.site());
    }

    /** {@return the number of the item in its group} */
    static Expr item() {
        Expr number = id(2);
        for (int axis = 1; axis >= 0; axis--) {
            number = Trees.binary(BinaryOp.MUL, number, size(axis));
            number = Trees.binary(BinaryOp.ADD, number, id(axis));
        }
        return number;
    }

    /** {@return how many items the group has} */
    static Expr items() {
        Expr all = Trees.binary(BinaryOp.MUL, size(0), size(1));
        return Trees.binary(BinaryOp.MUL, all, size(2));
    }

    private static Expr base(Expr item) {
        return Trees.binary(BinaryOp.AND, item, Const.i32(-WIDTH));
    }

    private static Expr id(int axis) {
        return new Expr.WorkItem(Expr.Query.LOCAL_ID, axis);
    }

    private static Expr size(int axis) {
        return new Expr.WorkItem(Expr.Query.LOCAL_SIZE, axis);
    }
}
