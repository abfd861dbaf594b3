package org.tornadovit.passes;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Expr.Query;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

/**
 * Places of a work-item as variables. They never change, so that {@code if (global_id(0) < n)}
 * bounds {@code a[global_id(0)]}.
 */
final class Places {
    private static final int AXES = 3;

    private static final Map<Query, List<Var>> VARIABLES = new EnumMap<>(Query.class);

    static {
        for (Query query : Query.values()) {
            VARIABLES.put(
                    query,
                    IntStream.range(0, AXES)
                            .mapToObj(axis -> new Var(query.name() + axis, Type.I32))
                            .toList());
        }
    }

    private Places() {}

    /** {@return the variable that stands for a place} */
    static Var variable(Expr.WorkItem place) {
        return Objects.requireNonNull(VARIABLES.get(place.query())).get(place.axis());
    }

    /** {@return the expression with variables for places} */
    static Expr named(Expr expr) {
        return new Rewriter() {
            @Override
            protected Expr visit(Expr e) {
                return e instanceof Expr.WorkItem place ? variable(place) : e;
            }
        }.rewrite(expr);
    }

    /** {@return the ranges, and what holds for the places of every work-item} */
    static Ranges known(Ranges ranges) {
        Ranges result = ranges;
        for (Query query : Query.values()) {
            for (Var place : Objects.requireNonNull(VARIABLES.get(query))) {
                result = result.with(place, new Interval(0, Integer.MAX_VALUE));
            }
        }
        for (int axis = 0; axis < AXES; axis++) {
            result = less(result, Query.GLOBAL_ID, Query.GLOBAL_SIZE, axis);
            result = less(result, Query.LOCAL_ID, Query.LOCAL_SIZE, axis);
            result = less(result, Query.GROUP_ID, Query.GROUP_COUNT, axis);
        }
        return result;
    }

    private static Ranges less(Ranges ranges, Query id, Query size, int axis) {
        Expr x = new Expr.WorkItem(id, axis);
        Expr y = new Expr.WorkItem(size, axis);
        return ranges.where(new Expr.Binary(BinaryOp.LT, x, y), true);
    }
}
