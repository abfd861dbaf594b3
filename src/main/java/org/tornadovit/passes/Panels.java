package org.tornadovit.passes;

import static org.tornadovit.passes.IndexArithmetic.loop;
import static org.tornadovit.passes.IndexArithmetic.plus;
import static org.tornadovit.passes.IndexArithmetic.times;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

/**
 * The column factor of a {@link Contraction} as tiles read it: one panel of neighbouring columns
 * after the other, {@code [batch][panel][term][column of the panel]}.
 *
 * @param contraction whose column factor it is
 * @param batch the outer loops that the column factor depends on
 * @param perBatch panels of one iteration of these
 * @param width columns of a panel
 * @param array holds the panels
 */
record Panels(
        Contraction contraction, List<Stmt.For> batch, long perBatch, int width, Array array) {

    /**
     * {@return panels for a contraction, or nothing when {@code i32} indices would not reach them}
     *
     * @param outer the loops around tiles
     */
    static Optional<Panels> of(Contraction contraction, List<Stmt.For> outer, Tiling tiling) {
        Set<Var> used = Contraction.variables(contraction.column());
        List<Stmt.For> batch = outer.stream().filter(l -> used.contains(l.index())).toList();
        long columns = Nest.extent(contraction.lane());
        long perBatch = Math.ceilDiv(columns, (long) tiling.columns());
        Array array = new Array("panels", Scalar.F32, Space.GLOBAL);
        Panels panels = new Panels(contraction, batch, perBatch, tiling.columns(), array);
        return panels.elements() <= Integer.MAX_VALUE ? Optional.of(panels) : Optional.empty();
    }

    /** {@return the number of elements of all panels; at most 2^63 - 1} */
    long elements() {
        double elements = (double) perBatch * width * count(batch) * count(contraction.reduction());
        return (long) elements; // exact where it is small enough to be used
    }

    private static double count(List<Stmt.For> loops) {
        return loops.stream().mapToDouble(Nest::extent).reduce(1, (a, b) -> a * b);
    }

    /** {@return the index of a column of a panel, for the counters of batch and terms} */
    Expr index(Expr panel, Expr column) {
        Expr at = Const.i32(0);
        for (Stmt.For l : batch) {
            at = plus(times(at, Nest.extent(l)), l.index());
        }
        at = plus(times(at, perBatch), panel);
        Expr term = Const.i32(0);
        for (Stmt.For l : contraction.reduction()) {
            term = plus(times(term, Nest.extent(l)), l.index());
        }
        return plus(
                times(plus(times(at, (long) count(contraction.reduction())), term), width), column);
    }

    /**
     * {@return the kernel that fills the panels}
     *
     * @param kernel the kernel of the contraction
     * @param panel the number of a panel, an unassigned variable
     * @param first the first column of the panel
     * @param columns how many columns there are, when the last panel is not full; the rest is 0
     */
    Kernel pack(Kernel kernel, Var panel, Expr first, Optional<Long> columns) {
        Var within = new Var("c", Type.I32);
        Expr column = plus(first, within);
        Expr at = index(panel, within);
        Expr value = Clone.of(contraction.column(), Map.of(contraction.lane().index(), column));
        Stmt copy = new Stmt.Store(array, at, value, Site.NONE);
        Stmt fill = new Stmt.Store(array, at, Const.f32(0), Site.NONE);
        Stmt body = copy;
        if (columns.isPresent()) {
            Expr end = Const.i32(columns.get().intValue());
            body = new Stmt.If(new Expr.Binary(BinaryOp.LT, column, end), copy, fill);
        }
        body = loop(within, width, Run.SEQUENTIAL, body);
        for (Stmt.For l : contraction.reduction().reversed()) {
            body = Split.withBody(l, body);
        }
        body = loop(panel, perBatch, Run.PARALLEL, body);
        for (Stmt.For l : batch.reversed()) {
            body = Split.withBody(l, body);
        }
        List<Param> params = new ArrayList<>();
        Contraction.arrays(contraction.column()).forEach(a -> params.add(new Param.OfArray(a)));
        params.add(new Param.OfArray(array));
        Stmt fresh = Clone.of(body, Map.of());
        return new Kernel(
                kernel.name() + "_pack", params, fresh, Kernel.Form.LOOPS, kernel.source());
    }
}
