package org.tornadovit.passes;

import java.util.ArrayList;
import java.util.List;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

/** The loops over the groups of a launch and over the items of a group, and places in them. */
final class GroupItems {
    private static final String[] AXES = {"X", "Y", "Z"};

    private final long[] sizes = new long[3];
    private final long[] counts = new long[3];
    private final List<Var> groups = new ArrayList<>();
    private final List<Var> items = new ArrayList<>();

    /**
     * Prepares the loops.
     *
     * @param grid work-items along x, y, z
     * @param group items of a group along x, y, z; divides {@code grid}
     */
    GroupItems(List<Long> grid, List<Long> group) {
        for (int axis = 0; axis < AXES.length; axis++) {
            sizes[axis] = group.get(axis);
            counts[axis] = grid.get(axis) / group.get(axis);
            groups.add(new Var("group" + AXES[axis], Type.I32));
            items.add(new Var("item" + AXES[axis], Type.I32));
        }
    }

    /** {@return the number of items of a group} */
    int count() {
        return Math.toIntExact(sizes[0] * sizes[1] * sizes[2]);
    }

    /** {@return the number of an item in its group, x varying fastest} */
    Expr number() {
        Expr yz = sum(product(item(2), sizes[1]), item(1));
        return sum(product(yz, sizes[0]), item(0));
    }

    /** {@return what a work-item's question means in the loops} */
    Expr answer(Expr.WorkItem question) {
        int axis = question.axis();
        return switch (question.query()) {
            case GLOBAL_ID -> sum(product(group(axis), sizes[axis]), item(axis));
            case LOCAL_ID -> item(axis);
            case GROUP_ID -> group(axis);
            case GLOBAL_SIZE -> Const.i32((int) (counts[axis] * sizes[axis]));
            case LOCAL_SIZE -> Const.i32((int) sizes[axis]);
            case GROUP_COUNT -> Const.i32((int) counts[axis]);
        };
    }

    private Expr item(int axis) {
        return sizes[axis] == 1 ? Const.i32(0) : items.get(axis);
    }

    private Expr group(int axis) {
        return counts[axis] == 1 ? Const.i32(0) : groups.get(axis);
    }

    private static Expr sum(Expr x, Expr y) {
        return Simplify.apply(new Expr.Binary(BinaryOp.ADD, x, y));
    }

    private static Expr product(Expr x, long factor) {
        return Simplify.apply(new Expr.Binary(BinaryOp.MUL, x, Const.i32((int) factor)));
    }

    /** {@return {@code body} for every group, spread over the grid} */
    Stmt overGroups(Stmt body) {
        Stmt all = body;
        for (int axis = 0; axis < AXES.length; axis++) {
            if (counts[axis] > 1 || axis == 0) {
                all = loop(groups.get(axis), counts[axis], Run.grid(axis), all);
            }
        }
        return all;
    }

    /** {@return {@code body} for every item of a group} */
    Stmt overItems(Run run, Stmt body) {
        Stmt all = body;
        for (int axis = 0; axis < AXES.length; axis++) {
            if (sizes[axis] > 1) {
                all = loop(items.get(axis), sizes[axis], run, all);
            }
        }
        return all;
    }

    private static Stmt loop(Var index, long trips, Run run, Stmt body) {
        Const bound = Const.i32(Math.toIntExact(trips));
        return new Stmt.For(new Label(index.name()), index, Const.i32(0), bound, 1, run, body);
    }
}
