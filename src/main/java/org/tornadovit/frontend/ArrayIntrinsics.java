package org.tornadovit.frontend;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

/** The off-heap arrays of the API, and what Java has for whole arrays. */
final class ArrayIntrinsics {
    private static final Map<Scalar, String> JAVA =
            Map.of(
                    Scalar.I8, "B",
                    Scalar.I16, "S",
                    Scalar.U16, "C",
                    Scalar.I32, "I",
                    Scalar.I64, "J",
                    Scalar.F16, "L" + ApiTypes.HALF + ";",
                    Scalar.BF16, "S",
                    Scalar.F32, "F",
                    Scalar.F64, "D");

    private ArrayIntrinsics() {}

    static Map<String, Intrinsic> all() {
        Map<String, Intrinsic> table = new HashMap<>();
        Intrinsic length = Intrinsic.pure(c -> new Expr.Length(c.array(0)));
        ApiTypes.ELEMENTS.forEach((owner, element) -> {
            String type = JAVA.get(element);
            table.put(owner + ".getSize()I", length);
            table.put(owner + ".get(I)" + type, Intrinsic.pure(ArrayIntrinsics::get));
            table.put(owner + ".set(I" + type + ")V", ArrayIntrinsics::set);
            table.put(owner + ".init(" + type + ")V", ArrayIntrinsics::fill);
            table.put(owner + ".clear()V", ArrayIntrinsics::clear);
            table.put(
                    owner + ".getElementSize()I", Intrinsic.pure(_ -> Const.i32(element.bytes())));
        });
        table.put(ApiTypes.ROOT + "types/arrays/TornadoNativeArray.getSize()I", length);
        String bfloat = ApiTypes.ROOT + "types/arrays/BFloat16Array";
        table.put(
                bfloat + ".getFloat(I)F",
                Intrinsic.pure(c -> Trees.cast(Scalar.F32, load(c, c.number(1)))));
        table.put(bfloat + ".setFloat(IF)V", c -> store(c, Trees.cast(Scalar.BF16, c.number(2))));
        String bytes = ApiTypes.ROOT + "types/arrays/ByteArray";
        String half = "L" + ApiTypes.HALF + ";";
        table.put(bytes + ".getHalfFloat(I)" + half, Intrinsic.pure(ArrayIntrinsics::halfAt));
        table.put(bytes + ".setHalfFloat(I" + half + ")V", ArrayIntrinsics::setHalfAt);
        for (String type : new String[] {"Z", "B", "S", "C", "I", "J", "F", "D"}) {
            table.put("java/util/Arrays.fill([" + type + type + ")V", ArrayIntrinsics::fill);
            table.put("[" + type + ".clone()Ljava/lang/Object;", ArrayIntrinsics::duplicate);
        }
        table.put(
                "java/lang/System.arraycopy(Ljava/lang/Object;ILjava/lang/Object;II)V",
                ArrayIntrinsics::copy);
        return table;
    }

    /** Element by element, forwards: the arrays must not be one. */
    private static Optional<Value> copy(Intrinsic.Call call) {
        Array from = call.array(0);
        Array to = call.array(2);
        boolean apart = from != to && (from.space() != Space.GLOBAL || to.space() != Space.GLOBAL);
        if (!apart || from.element() != to.element()) {
            throw new UnsupportedKernelException(
                    call.site(), "System.arraycopy between arguments", "write a loop");
        }
        Expr source = call.simple(1);
        Expr target = call.simple(3);
        Var index = new Var("i", Type.I32);
        Expr element =
                new Expr.Load(
                        from,
                        Trees.binary(BinaryOp.ADD, source, index),
                        Type.of(from.element()),
                        call.site());
        Expr at = Trees.binary(BinaryOp.ADD, target, index);
        return call.effect(
                new Stmt.For(
                        new Label("copy"),
                        index,
                        Const.i32(0),
                        call.simple(4),
                        1,
                        Run.SEQUENTIAL,
                        new Stmt.Store(to, at, element, call.site())));
    }

    private static Expr load(Intrinsic.Call call, Expr index) {
        Array array = call.array(0);
        return new Expr.Load(array, index, Type.of(array.element()), call.site());
    }

    private static Optional<Value> store(Intrinsic.Call call, Expr value) {
        return call.effect(new Stmt.Store(call.array(0), call.number(1), value, call.site()));
    }

    /** Elements of a BFloat16Array pass as the 16 bits of a short. */
    private static Expr get(Intrinsic.Call call) {
        Expr element = load(call, call.number(1));
        return call.array(0).element() == Scalar.BF16 ? Trees.bits(Scalar.I16, element) : element;
    }

    private static Optional<Value> set(Intrinsic.Call call) {
        return store(call, element(call.array(0), call, 2));
    }

    private static Expr element(Array array, Intrinsic.Call call, int argument) {
        Scalar type = array.element();
        Expr value = call.number(argument);
        return type == Scalar.BF16
                ? Trees.bits(type, Trees.cast(Scalar.I16, value))
                : Trees.narrow(type, value);
    }

    private static Optional<Value> fill(Intrinsic.Call call) {
        Intrinsic.Span all = call.span(0);
        return fill(call, all, call.simple(element(all.array(), call, 1)));
    }

    private static Optional<Value> clear(Intrinsic.Call call) {
        Intrinsic.Span all = call.span(0);
        return fill(call, all, Const.zero(Type.of(all.array().element())));
    }

    private static Optional<Value> duplicate(Intrinsic.Call call) {
        Intrinsic.Span from = call.span(0);
        Expr length =
                Optional.of(from.array())
                        .filter(_ -> from.length() instanceof Expr.Length) // no row of another
                        .flatMap(array -> call.frame().session().length(array))
                        .<Expr>map(Const::i32)
                        .orElseGet(from::length);
        Scalar element = from.array().element();
        Array to =
                new Creation(call.frame(), call.site()).array(element, length, from.array().name());
        Var index = new Var("i", Type.I32);
        Expr copied = new Expr.Load(from.array(), from.at(index), Type.of(element), call.site());
        call.effect(
                new Stmt.For(
                        new Label("clone"),
                        index,
                        Const.i32(0),
                        length,
                        1,
                        Run.SEQUENTIAL,
                        new Stmt.Store(to, index, copied, call.site())));
        return Optional.of(new Value.OfArray(to));
    }

    private static Optional<Value> fill(Intrinsic.Call call, Intrinsic.Span all, Expr value) {
        Var index = new Var("i", Type.I32);
        return call.effect(
                new Stmt.For(
                        new Label("fill"),
                        index,
                        Const.i32(0),
                        all.length(),
                        1,
                        Run.SEQUENTIAL,
                        new Stmt.Store(all.array(), all.at(index), value, call.site())));
    }

    /** Two bytes, the low one first. */
    private static Expr halfAt(Intrinsic.Call call) {
        Expr at = call.simple(1);
        Expr low = Trees.binary(BinaryOp.AND, Trees.promote(load(call, at)), Const.i32(0xff));
        Expr next = Trees.binary(BinaryOp.ADD, at, Const.i32(1));
        Expr high = Trees.binary(BinaryOp.SHL, Trees.promote(load(call, next)), Const.i32(8));
        return HalfIntrinsics.ofBits(Trees.binary(BinaryOp.OR, high, low));
    }

    private static Optional<Value> setHalfAt(Intrinsic.Call call) {
        Array array = call.array(0);
        Expr at = call.simple(1);
        Expr bits = call.simple(HalfIntrinsics.bits(call.number(2)));
        Expr next = Trees.binary(BinaryOp.ADD, at, Const.i32(1));
        Expr high = Trees.binary(BinaryOp.SHR, bits, Const.i32(8));
        call.effect(new Stmt.Store(array, at, Trees.cast(Scalar.I8, bits), call.site()));
        return call.effect(new Stmt.Store(array, next, Trees.cast(Scalar.I8, high), call.site()));
    }
}
