package org.tornadovit.frontend;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

/** The methods of KernelContext: local memory, barriers, atomics. */
final class ContextIntrinsics {
    private ContextIntrinsics() {}

    static Map<String, Intrinsic> all() {
        Map<String, Intrinsic> table = new HashMap<>();
        allocation(table, "Byte", "[B", Scalar.I8);
        allocation(table, "Int", "[I", Scalar.I32);
        allocation(table, "Long", "[J", Scalar.I64);
        allocation(table, "Float", "[F", Scalar.F32);
        allocation(table, "Double", "[D", Scalar.F64);
        allocation(table, "HalfFloat", "[L" + ApiTypes.HALF + ";", Scalar.F16);
        table.put(
                ApiTypes.CONTEXT
                        + ".allocateHalf2LocalArray(I)[L"
                        + ApiTypes.ROOT
                        + "types/vectors/Half2;",
                Halves::allocate);
        table.put(
                ApiTypes.CONTEXT + ".localBarrier()V",
                c -> c.effect(new Stmt.Barrier(Space.LOCAL)));
        table.put(
                ApiTypes.CONTEXT + ".globalBarrier()V",
                c -> c.effect(new Stmt.Barrier(Space.GLOBAL)));
        String arrays = "L" + ApiTypes.ROOT + "types/arrays/";
        atomic(table, arrays + "IntArray;", "I");
        atomic(table, arrays + "LongArray;", "J");
        atomic(table, arrays + "FloatArray;", "F");
        atomic(table, arrays + "DoubleArray;", "D");
        atomic(table, "[I", "I");
        String operations = ApiTypes.ROOT + "types/utils/";
        table.put(operations + "FloatOps.atomicAdd([FIF)V", call -> add(call, 0));
        table.put(operations + "DoubleOps.atomicAdd([DID)V", call -> add(call, 0));
        return table;
    }

    private static void allocation(
            Map<String, Intrinsic> table, String name, String type, Scalar element) {
        table.put(
                ApiTypes.CONTEXT + ".allocate" + name + "LocalArray(I)" + type,
                call -> {
                    String variable = call.resultName().orElse("local");
                    Array array = new Array(variable, element, Space.LOCAL);
                    call.effect(new Stmt.Allocate(array, call.number(1), call.site()));
                    return Optional.of(new Value.OfArray(array));
                });
    }

    private static void atomic(Map<String, Intrinsic> table, String array, String value) {
        table.put(
                ApiTypes.CONTEXT + ".atomicAdd(" + array + "I" + value + ")V",
                call -> add(call, 1));
    }

    /** Adds to an element: array, index and value are arguments one after the other. */
    private static Optional<Value> add(Intrinsic.Call call, int first) {
        Array target = call.array(first);
        Var before = new Var("before", Type.of(target.element()));
        return call.effect(
                new Stmt.Atomic(
                        BinaryOp.ADD,
                        target,
                        call.number(first + 1),
                        call.number(first + 2),
                        before,
                        call.site()));
    }
}
