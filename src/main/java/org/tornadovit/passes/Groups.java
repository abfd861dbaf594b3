package org.tornadovit.passes;

import java.util.ArrayList;
import java.util.List;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Walker;

/** The work-groups of a launch whose user left some of their sizes open. */
public final class Groups {
    /** The most items of a group that nobody asked for. */
    public static final long USUAL = 256;

    private Groups() {}

    /** {@return whether it matters to a kernel which items form a group} */
    public static boolean matter(Kernel kernel) {
        boolean[] asks = {false};
        new Walker() {
            @Override
            protected void visit(Expr e) {
                asks[0] |=
                        e instanceof Expr.WorkItem w
                                && w.query() != Expr.Query.GLOBAL_ID
                                && w.query() != Expr.Query.GLOBAL_SIZE;
            }

            @Override
            protected void visit(Stmt s) {
                asks[0] |=
                        s instanceof Stmt.Barrier
                                || s instanceof Stmt.Allocate a && a.array().space() == Space.LOCAL;
            }
        }.walk(kernel.body());
        return asks[0];
    }

    /** {@return whether the items of a group meet at a barrier in a statement} */
    public static boolean meet(Stmt stmt) {
        boolean[] found = {false};
        new Walker() {
            @Override
            protected void visit(Stmt s) {
                found[0] |= s instanceof Stmt.Barrier;
            }
        }.walk(stmt);
        return found[0];
    }

    /**
     * {@return the items of a group along x, y, z}
     *
     * @param grid work-items along x, y, z
     * @param group what the user asked for, 0 for nothing
     * @param most the most items along x when nothing was asked for
     */
    public static List<Long> chosen(List<Long> grid, List<Long> group, long most) {
        List<Long> chosen = new ArrayList<>();
        for (int axis = 0; axis < grid.size(); axis++) {
            long size = group.get(axis);
            chosen.add(size > 0 ? size : axis == 0 ? divisor(grid.get(0), most) : 1);
        }
        return chosen;
    }

    /** The largest divisor that is no larger than a usual group. */
    private static long divisor(long size, long most) {
        for (long d = Math.min(size, most); d > 1; d--) {
            if (size % d == 0) {
                return d;
            }
        }
        return 1;
    }
}
