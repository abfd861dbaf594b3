package org.tornadovit.codegen;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

/**
 * What the items of a group that have not ended tell those that have: that there are some, and the
 * values that decide the way to barriers. A group without any is left.
 *
 * <p>They count themselves in an element of local memory between two barriers; the first of them
 * puts the value in another one.
 */
final class Survivors {
    private static final Stmt NONE = Stmt.Sequence.EMPTY;
    private static final Stmt MEET = new Stmt.Barrier(Space.LOCAL);
    private static final Expr FIRST = Const.i32(0);

    private final Label group = new Label("group");
    private final Array count = new Array("survivors", Scalar.I32, Space.LOCAL);
    private final Map<Type, Array> told = new LinkedHashMap<>();
    private final Var alive;
    private boolean counts;

    /**
     * Asks nobody yet.
     *
     * @param alive whether an item has not ended
     */
    Survivors(Var alive) {
        this.alive = alive;
    }

    /** {@return the body of a kernel with what its parts need} */
    Stmt around(Stmt body) {
        if (!counts) {
            return body;
        }
        List<Stmt> whole = new ArrayList<>(List.of(allocate(count, 1)));
        told.forEach((type, array) -> whole.add(allocate(array, type.lanes())));
        whole.add(body);
        return new Stmt.Labeled(group, new Stmt.Sequence(whole));
    }

    /** {@return {@code target = value}, the value being that of the items that are left} */
    Stmt tell(Var target, Expr value) {
        Expr number = value.type().equals(Type.BOOL) ? new Expr.Cast(Type.I32, value) : value;
        Type type = number.type();
        Array array = told.computeIfAbsent(type, t -> new Array("told", t.scalar(), Space.LOCAL));
        Expr read = new Expr.Load(array, FIRST, type, Site.NONE);
        Expr heard =
                value.type().equals(Type.BOOL)
                        ? new Expr.Binary(BinaryOp.NE, read, Const.i32(0))
                        : read;
        return new Stmt.Sequence(
                List.of(
                        meet(Optional.of(new Stmt.Store(array, FIRST, number, Site.NONE))),
                        new Stmt.Assign(target, heard)));
    }

    /** {@return a jump out of the kernel that all items make if none is left} */
    Stmt endIfThereAreNone() {
        return meet(Optional.empty());
    }

    private Stmt meet(Optional<Stmt> byFirst) {
        counts = true;
        Var before = new Var("before", Type.I32);
        Stmt add = new Stmt.Atomic(BinaryOp.ADD, count, FIRST, Const.i32(1), before, Site.NONE);
        Stmt tell = byFirst.map(s -> when(equal(before, 0), s)).orElse(NONE);
        Expr left = new Expr.Load(count, FIRST, Type.I32, Site.NONE);
        return new Stmt.Sequence(
                List.of(
                        MEET, // all have read what was counted and told last
                        when(isFirst(), new Stmt.Store(count, FIRST, Const.i32(0), Site.NONE)),
                        MEET,
                        when(alive, new Stmt.Sequence(List.of(add, tell))),
                        MEET,
                        when(equal(left, 0), new Stmt.Break(group))));
    }

    private static Expr isFirst() {
        Expr place = localId(0);
        for (int axis = 1; axis < 3; axis++) {
            place = new Expr.Binary(BinaryOp.OR, place, localId(axis));
        }
        return equal(place, 0);
    }

    private static Expr localId(int axis) {
        return new Expr.WorkItem(Expr.Query.LOCAL_ID, axis);
    }

    private static Expr equal(Expr x, int value) {
        return new Expr.Binary(BinaryOp.EQ, x, Const.i32(value));
    }

    private static Stmt when(Expr condition, Stmt stmt) {
        return new Stmt.If(condition, stmt, NONE);
    }

    private static Stmt allocate(Array array, int length) {
        return new Stmt.Allocate(array, Const.i32(length), Site.NONE);
    }
}
