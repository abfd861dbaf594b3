package org.tornadovit.frontend;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
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

/**
 * Products of matrix fragments among 32 neighbouring work-items of a group: each item tells the
 * others its parts of two tiles through local memory and computes four results.
 *
 * <p>Who owns what is as with PTX's {@code mma.sync} of the shapes m16n8k16 and m16n8k32. A tile of
 * the first matrix has 16 rows, one of the second 16 rows of 8 halves; a half is a number, or two
 * bytes of neighbouring products. All items of the group must get there.
 */
final class MatrixIntrinsics {
    private static final int WARP = 32;

    /** Halves of an item in the first and in the second matrix. */
    private static final List<Integer> HALVES = List.of(8, 4);

    private static final int RESULTS = 4;
    private static final int DEPTH = 16;

    private static final String HALF_ARRAY = "[L" + ApiTypes.HALF + ";";
    private static final String SHAPE = "L" + ApiTypes.ROOT + "enums/MMAShape;";

    /**
     * How a product reads its operands.
     *
     * @param method the method of KernelContext that multiplies
     * @param perHalf how many numbers a half holds
     * @param sum type of the sums
     * @param shared type of the numbers that items tell each other
     * @param number the number in an element of a fragment
     */
    private record Kind(
            String method,
            String shape,
            int perHalf,
            Scalar sum,
            Scalar shared,
            UnaryOperator<Expr> number) {}

    private static final Kind HALF =
            new Kind("mma", "M16N8K16", 1, Scalar.F32, Scalar.F32, x -> Trees.cast(Scalar.F32, x));
    private static final Kind BFLOAT =
            new Kind("mmaBF16", "M16N8K16", 1, Scalar.F32, Scalar.F32, MatrixIntrinsics::upper);
    private static final Kind E4M3 =
            new Kind("mmaFP8E4M3", "M16N8K32", 2, Scalar.F32, Scalar.F32, MatrixIntrinsics::e4m3);
    private static final Kind E5M2 =
            new Kind("mmaFP8E5M2", "M16N8K32", 2, Scalar.F32, Scalar.F32, MatrixIntrinsics::e5m2);
    private static final Kind INT8 =
            new Kind("mmaInt8", "M16N8K32", 2, Scalar.I32, Scalar.I8, x -> x);

    private MatrixIntrinsics() {}

    static Map<String, Intrinsic> all() {
        Map<String, Intrinsic> table = new HashMap<>();
        put(table, "mmaFragment(F)[F", c -> fragment(c, Scalar.F32));
        put(table, "mmaFragmentInt(I)[I", c -> fragment(c, Scalar.I32));
        for (String offset : new String[] {"", "I"}) {
            String tile = "([II" + offset + ")";
            put(table, "mmaLoadA" + tile + HALF_ARRAY, c -> loadA(c, Scalar.F16));
            put(table, "mmaLoadB" + tile + HALF_ARRAY, c -> loadB(c, Scalar.F16));
            put(
                    table,
                    "mmaLoadBSwizzled(" + HALF_ARRAY + "I" + offset + ")" + HALF_ARRAY,
                    MatrixIntrinsics::loadHalves);
        }
        for (String type : new String[] {"Int8", "FP8"}) {
            put(table, "mmaLoadA" + type + "([II)[B", c -> loadA(c, Scalar.I8));
            put(table, "mmaLoadB" + type + "([II)[B", c -> loadB(c, Scalar.I8));
        }
        put(
                table,
                "mmaStoreBSwizzled(" + HALF_ARRAY + "IIIL" + ApiTypes.HALF + ";I)V",
                MatrixIntrinsics::storeHalf);
        String halves = "(" + HALF_ARRAY + HALF_ARRAY + "[F" + SHAPE + ")[F";
        put(table, "mma" + halves, c -> multiply(c, HALF));
        put(table, "mmaBF16" + halves, c -> multiply(c, BFLOAT));
        put(table, "mmaFP8E4M3([B[B[F" + SHAPE + ")[F", c -> multiply(c, E4M3));
        put(table, "mmaFP8E5M2([B[B[F" + SHAPE + ")[F", c -> multiply(c, E5M2));
        put(table, "mmaInt8([B[B[I" + SHAPE + ")[I", c -> multiply(c, INT8));
        String arrays = "L" + ApiTypes.ROOT + "types/arrays/";
        put(table, "mmaStore([F" + arrays + "FloatArray;III)V", MatrixIntrinsics::store);
        put(table, "mmaStoreInt([I" + arrays + "IntArray;III)V", MatrixIntrinsics::store);
        return table;
    }

    private static void put(Map<String, Intrinsic> table, String method, Intrinsic intrinsic) {
        table.put(ApiTypes.CONTEXT + "." + method, intrinsic);
    }

    private static Expr add(Expr x, Expr y) {
        return Trees.binary(BinaryOp.ADD, x, y);
    }

    private static Expr add(Expr x, int y) {
        return y == 0 ? x : add(x, Const.i32(y));
    }

    private static Expr times(Expr x, int y) {
        return Trees.binary(BinaryOp.MUL, x, Const.i32(y));
    }

    private static Expr and(Expr x, int y) {
        return Trees.binary(BinaryOp.AND, x, Const.i32(y));
    }

    private static Expr shift(Expr x, int by) {
        return Trees.binary(BinaryOp.SHR, x, Const.i32(by));
    }

    /** {@return the bfloat16 number with the bits of a half} */
    private static Expr upper(Expr half) {
        Expr bits = Trees.promote(HalfIntrinsics.bits(half));
        return Trees.bits(Scalar.F32, Trees.binary(BinaryOp.SHL, bits, Const.i32(16)));
    }

    /** {@return the E5M2 number in a byte: the upper byte of a half} */
    private static Expr e5m2(Expr bits) {
        Expr half = Trees.binary(BinaryOp.SHL, Trees.promote(bits), Const.i32(8));
        return Trees.cast(Scalar.F32, HalfIntrinsics.ofBits(half));
    }

    /** {@return the E4M3 number in a byte: a half whose exponent counts from 7 instead of 15} */
    private static Expr e4m3(Expr bits) {
        Expr number = Trees.promote(bits);
        Expr magnitude = and(number, 0x7f);
        Expr sign = Trees.binary(BinaryOp.SHL, and(number, 0x80), Const.i32(8));
        Expr half = Trees.binary(BinaryOp.SHL, magnitude, Const.i32(7));
        Expr value = HalfIntrinsics.ofBits(Trees.binary(BinaryOp.OR, sign, half));
        Expr scaled = Trees.binary(BinaryOp.MUL, Trees.cast(Scalar.F32, value), Const.f32(1 << 8));
        Expr isNan = Trees.binary(BinaryOp.EQ, magnitude, Const.i32(0x7f));
        return Trees.select(isNan, Const.f32(Float.NaN), scaled);
    }

    /** The place of an item among its 32. */
    private record Lane(Expr item) {
        static Lane of(Intrinsic.Call call) {
            Expr item = call.simple(SimdIntrinsics.item());
            Expr rest = and(SimdIntrinsics.items(), WARP - 1);
            Expr whole = Trees.binary(BinaryOp.EQ, rest, Const.i32(0));
            call.effect(new Stmt.Check(whole, Stmt.Trap.WARP, SimdIntrinsics.items(), call.site()));
            return new Lane(item);
        }

        /** {@return the row of the first matrix, or the column of the second} */
        Expr group() {
            return and(shift(item, 2), 7);
        }

        /** {@return which quarter of the products or of the columns} */
        Expr quarter() {
            return and(item, 3);
        }
    }

    private static Array fragment(Intrinsic.Call call, String name, Scalar element, int length) {
        return new Creation(call.frame(), call.site()).array(element, Const.i32(length), name);
    }

    private static Optional<Value> fragment(Intrinsic.Call call, Scalar element) {
        Expr value = call.simple(1);
        Array made = fragment(call, name(call), element, RESULTS);
        for (int i = 0; i < RESULTS; i++) {
            call.effect(new Stmt.Store(made, Const.i32(i), value, call.site()));
        }
        return Optional.of(new Value.OfArray(made));
    }

    private static Expr word(Intrinsic.Call call, Expr at) {
        return call.simple(new Expr.Load(call.array(1), at, Type.I32, call.site()));
    }

    private static Expr start(Intrinsic.Call call, int bytes) {
        return call.arguments().size() > 3
                ? call.simple(Trees.binary(BinaryOp.SHR, call.number(3), Const.i32(bytes / 2)))
                : Const.i32(0);
    }

    /** Halves in pairs: rows {@code group} and 8 further down, then 8 halves to the right. */
    private static Optional<Value> loadA(Intrinsic.Call call, Scalar element) {
        Lane lane = Lane.of(call);
        int shorter = element == Scalar.F16 ? 1 : 2;
        Expr width = shift(call.simple(2), shorter);
        Expr start = start(call, Integer.BYTES);
        Array made = fragment(call, name(call), element, HALVES.getFirst() * shorter);
        for (int pair = 0; pair < HALVES.getFirst() / 2; pair++) {
            Expr row = add(lane.group(), pair % 2 * 8);
            Expr column = add(lane.quarter(), pair / 2 * 4);
            Expr at = add(add(start, Trees.binary(BinaryOp.MUL, row, width)), column);
            Expr word = word(call, at);
            put(call, made, 2 * pair, word);
            put(call, made, 2 * pair + 1, shift(word, 16));
        }
        return Optional.of(new Value.OfArray(made));
    }

    private static Optional<Value> loadB(Intrinsic.Call call, Scalar element) {
        Lane lane = Lane.of(call);
        Expr start = start(call, Integer.BYTES);
        int perHalf = element == Scalar.F16 ? 1 : 2;
        Array made = fragment(call, name(call), element, HALVES.getLast() * perHalf);
        for (int i = 0; i < HALVES.getLast(); i++) {
            Expr at = add(add(start, times(row(lane, i), 4)), shift(lane.group(), 1));
            Expr places = times(and(lane.group(), 1), 16);
            put(call, made, i, Trees.binary(BinaryOp.SHR, word(call, at), places));
        }
        return Optional.of(new Value.OfArray(made));
    }

    /** {@return the row of the second matrix that half {@code i} is in} */
    private static Expr row(Lane lane, int i) {
        return add(times(lane.quarter(), 2), i % 2 + i / 2 * 8);
    }

    private static String name(Intrinsic.Call call) {
        return call.resultName().orElse("fragment");
    }

    /** Stores the lower half of a word. */
    private static void put(Intrinsic.Call call, Array to, int half, Expr word) {
        if (to.element() == Scalar.F16) {
            Expr value = HalfIntrinsics.ofBits(word);
            call.effect(new Stmt.Store(to, Const.i32(half), value, call.site()));
            return;
        }
        for (int b = 0; b < 2; b++) {
            Expr value = Trees.cast(Scalar.I8, b == 0 ? word : shift(word, Byte.SIZE));
            call.effect(new Stmt.Store(to, Const.i32(2 * half + b), value, call.site()));
        }
    }

    private static Optional<Value> loadHalves(Intrinsic.Call call) {
        Lane lane = Lane.of(call);
        Expr start = start(call, Short.BYTES);
        Array made = fragment(call, name(call), Scalar.F16, HALVES.getLast());
        for (int i = 0; i < HALVES.getLast(); i++) {
            Expr at = add(add(start, times(row(lane, i), 8)), lane.group());
            Expr value = new Expr.Load(call.array(1), at, Type.of(Scalar.F16), call.site());
            call.effect(new Stmt.Store(made, Const.i32(i), value, call.site()));
        }
        return Optional.of(new Value.OfArray(made));
    }

    private static Optional<Value> storeHalf(Intrinsic.Call call) {
        Expr rows = Trees.binary(BinaryOp.MUL, call.number(2), call.number(4));
        Expr at = add(add(rows, call.number(3)), shift(call.number(6), 1));
        return call.effect(new Stmt.Store(call.array(1), at, call.number(5), call.site()));
    }

    private static Optional<Value> multiply(Intrinsic.Call call, Kind kind) {
        if (!(call.arguments().get(4) instanceof Value.OfObject(_, Enum<?> shape))
                || !shape.name().equals(kind.shape())) {
            throw new UnsupportedKernelException(
                    call.site(),
                    "calling KernelContext." + kind.method() + " of another shape",
                    "use MMAShape." + kind.shape());
        }
        Lane lane = Lane.of(call);
        Expr base = call.simple(and(lane.item(), -WARP));
        Expr group = call.simple(lane.group());
        Expr quarter = call.simple(lane.quarter());
        Array a = share(call, kind, lane.item(), 0);
        Array b = share(call, kind, lane.item(), 1);
        call.effect(new Stmt.Barrier(Space.LOCAL));
        Array c = call.array(3);
        Var[] sums = new Var[RESULTS];
        for (int i = 0; i < RESULTS; i++) {
            Type type = Type.of(kind.sum());
            sums[i] = new Var("sum", type);
            Expr before = new Expr.Load(c, Const.i32(i), type, call.site());
            call.frame().emitter().plain(new Stmt.Assign(sums[i], before));
        }
        Var k = new Var("k", Type.I32);
        List<Stmt> body = new ArrayList<>();
        Expr part = shift(and(k, 7), 1);
        Expr high = shift(k, 3);
        for (int e = 0; e < kind.perHalf(); e++) {
            for (int i = 0; i < RESULTS; i++) {
                Expr row = add(base, add(times(group, 4), part));
                Expr column = add(times(quarter, 2), i % 2);
                Expr owner = add(base, add(times(column, 4), part));
                Expr inA = add(add(and(k, 1), times(high, 4)), i / 2 * 2);
                Expr inB = add(and(k, 1), times(high, 2));
                Expr x = load(call, kind, a, row, inA, 0, e);
                Expr y = load(call, kind, b, owner, inB, 1, e);
                Expr product = Trees.binary(BinaryOp.MUL, x, y);
                body.add(new Stmt.Assign(sums[i], add(sums[i], product)));
            }
        }
        call.effect(
                new Stmt.For(
                        new Label("mma"),
                        k,
                        Const.i32(0),
                        Const.i32(DEPTH),
                        1,
                        Run.SEQUENTIAL,
                        new Stmt.Sequence(body)));
        boolean same = c.name().equals(name(call)) && call.frame().isNamedOnce(c);
        Array result = same ? c : fragment(call, name(call), kind.sum(), RESULTS);
        for (int i = 0; i < RESULTS; i++) {
            call.effect(new Stmt.Store(result, Const.i32(i), sums[i], call.site()));
        }
        call.effect(new Stmt.Barrier(Space.LOCAL)); // before anyone writes again
        return Optional.of(new Value.OfArray(result));
    }

    /** Tells the others of an item's part of a matrix: 0 for the first, 1 for the second. */
    private static Array share(Intrinsic.Call call, Kind kind, Expr item, int matrix) {
        int count = HALVES.get(matrix) * kind.perHalf();
        Array own = call.array(1 + matrix);
        Array shared = call.frame().session().shared(kind.shared(), matrix, count);
        Var i = new Var("i", Type.I32);
        Expr element = new Expr.Load(own, i, Type.of(own.element()), call.site());
        Expr number = kind.number().apply(element);
        Expr at = add(times(item, count), i);
        call.effect(
                new Stmt.For(
                        new Label("share"),
                        i,
                        Const.i32(0),
                        Const.i32(count),
                        1,
                        Run.SEQUENTIAL,
                        new Stmt.Store(shared, at, number, call.site())));
        return shared;
    }

    private static Expr load(
            Intrinsic.Call call, Kind kind, Array from, Expr owner, Expr half, int matrix, int e) {
        int count = HALVES.get(matrix) * kind.perHalf();
        Expr at = add(add(times(owner, count), times(half, kind.perHalf())), e);
        Expr number = new Expr.Load(from, at, Type.of(kind.shared()), call.site());
        return Trees.cast(kind.sum(), number);
    }

    /** Results in pairs: row {@code group} and 8 further down, two columns each. */
    private static Optional<Value> store(Intrinsic.Call call) {
        Lane lane = Lane.of(call);
        Array own = call.array(1);
        Array to = call.array(2);
        Expr row = add(call.number(3), lane.group());
        Expr column = call.simple(add(call.number(4), times(lane.quarter(), 2)));
        Expr first = call.simple(row);
        Expr width = call.simple(5);
        for (int i = 0; i < RESULTS; i++) {
            Expr rows = Trees.binary(BinaryOp.MUL, add(first, i / 2 * 8), width);
            Expr value = new Expr.Load(own, Const.i32(i), Type.of(own.element()), call.site());
            call.effect(new Stmt.Store(to, add(rows, add(column, i % 2)), value, call.site()));
        }
        return Optional.empty();
    }
}
