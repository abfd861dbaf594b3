package org.tornadovit.passes;

import java.util.List;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Rewriter;

/** Puts the sizes of a launch where a kernel asks for them, so that lengths may depend on them. */
public final class GridSizes {
    private GridSizes() {}

    /**
     * {@return a kernel for one launch only}
     *
     * @param grid work-items along x, y, z
     * @param group items of a group along x, y, z; 0 for an unknown number, which stays a question
     */
    public static Kernel apply(Kernel kernel, List<Long> grid, List<Long> group) {
        return new Rewriter() {
            @Override
            protected Expr visit(Expr expr) {
                if (!(expr instanceof Expr.WorkItem(var query, var axis))) {
                    return expr;
                }
                long all = grid.get(axis);
                long items = all == 1 ? 1 : group.get(axis);
                return switch (query) {
                    case GLOBAL_SIZE -> size(all);
                    case LOCAL_SIZE -> items > 0 ? size(items) : expr;
                    case GROUP_COUNT -> items > 0 ? size(all / items) : expr;
                    case GLOBAL_ID, LOCAL_ID, GROUP_ID -> expr;
                };
            }
        }.rewrite(kernel);
    }

    private static Const size(long items) {
        return Const.i32(Math.toIntExact(items));
    }
}
