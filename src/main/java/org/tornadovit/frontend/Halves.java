package org.tornadovit.frontend;

import java.lang.reflect.Field;
import java.util.Optional;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;

/**
 * Local arrays of {@code Half2}: the two halves of an element lie side by side. An element that is
 * read or written is copied; changing one that was copied is refused as for other objects.
 */
final class Halves {
    private static final String HALF2 = ApiTypes.ROOT + "types/vectors/Half2";
    private static final int LANES = 2;

    private final Frame frame;
    private final Site site;

    Halves(Frame frame, Site site) {
        this.frame = frame;
        this.site = site;
    }

    /** {@code KernelContext.allocateHalf2LocalArray}. */
    static Optional<Value> allocate(Intrinsic.Call call) {
        Array array = new Array(call.resultName().orElse("local"), Scalar.I16, Space.LOCAL);
        Expr length = Trees.binary(BinaryOp.MUL, call.number(1), Const.i32(LANES));
        call.effect(new Stmt.Allocate(array, length, call.site()));
        return Optional.of(new Value.OfHalves(array));
    }

    /** {@return a new object with the halves of an element} */
    Value load(Array halves, Expr index) {
        Expr at = frame.emitter().simple(index);
        Creation creation = new Creation(frame, site);
        Instance vector = creation.of(HALF2);
        Array own = creation.array(Scalar.I16, Const.i32(LANES), "storage");
        creation.assign(vector, storage(vector), new Value.OfArray(own));
        copy(halves, lane(at, 0), lane(at, 1), own, Const.i32(0), Const.i32(1));
        vector.share(frame.session().now());
        return new Value.OfInstance(vector);
    }

    /** Copies the halves of an object to an element. */
    void store(Array halves, Expr index, Value value) {
        if (!(value instanceof Value.OfInstance(var vector))
                || !(vector.fields().get(storage(vector)) instanceof Value.OfArray(var own))) {
            throw new UnsupportedKernelException(
                    site, "a Half2 that the kernel did not make", "make one with new Half2(x, y)");
        }
        Expr at = frame.emitter().simple(index);
        copy(own, Const.i32(0), Const.i32(1), halves, lane(at, 0), lane(at, 1));
        vector.share(frame.session().now());
    }

    private void copy(Array from, Expr first, Expr second, Array to, Expr firstTo, Expr secondTo) {
        frame.emitter().effect(new Stmt.Store(to, firstTo, half(from, first), site));
        frame.emitter().effect(new Stmt.Store(to, secondTo, half(from, second), site));
    }

    private Expr half(Array array, Expr at) {
        return new Expr.Load(array, at, Type.of(Scalar.I16), site);
    }

    private static Expr lane(Expr at, int lane) {
        Expr first = Trees.binary(BinaryOp.MUL, at, Const.i32(LANES));
        return Trees.binary(BinaryOp.ADD, first, Const.i32(lane));
    }

    private static Field storage(Instance vector) {
        return Members.field(vector.type(), "storage").orElseThrow();
    }
}
