package org.tornadovit.passes;

import static org.tornadovit.passes.IndexArithmetic.loop;
import static org.tornadovit.passes.IndexArithmetic.plus;
import static org.tornadovit.passes.IndexArithmetic.times;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * Adds up several rows at the same time, each in its own order: a sum in order waits for every
 * addition, and several sums wait together.
 *
 * <pre>
 * for parallel i: A(i); for k: sum = sum + x[i, k]; B(i)
 *
 * for parallel rows: for i of rows: A(i)
 *                    for k: sum0 = sum0 + x[i0, k]; sum1 = sum1 + x[i1, k]; ...
 *                    for i of rows: B(i)
 * </pre>
 *
 * <p>Scalars that one part leaves to a later one pass through arrays of the work-item. Iterations
 * of a parallel loop may be taken in any order, so nothing else changes.
 */
final class InterleaveRows {
    /** Sums side by side: twice as many as hide the latency of an addition on one unit. */
    private static final int ROWS = 8;

    private final Stmt.For over;
    private final int rows;
    private final Var unit = new Var("rows", Type.I32);
    private final List<List<Stmt>> parts = new ArrayList<>();
    private final Map<Var, Array> passed = new LinkedHashMap<>();

    private InterleaveRows(Stmt.For over, int rows) {
        this.over = over;
        this.rows = rows;
    }

    /** {@return an equal kernel that takes several rows at a time where it adds up rows} */
    static Kernel apply(Kernel kernel, Target target) {
        boolean pays = target.lanes() > 1 || target.isOneItem();
        if (!pays || kernel.form() != Kernel.Form.LOOPS) {
            return kernel;
        }
        Nest nest = Nest.of(kernel.body());
        if (nest.loops().isEmpty() || !(nest.body() instanceof Stmt.Sequence(var body))) {
            return kernel;
        }
        Stmt.For over = nest.loops().getLast();
        boolean sums = body.stream().anyMatch(InterleaveRows::isSum);
        boolean simple = body.stream().allMatch(InterleaveRows::isSimple);
        if (!sums || !simple || !Nest.isPlain(over) || Nest.extent(over) < ROWS) {
            return kernel;
        }
        InterleaveRows pass = new InterleaveRows(over, ROWS);
        pass.cut(body);
        if (!pass.pass()) {
            return kernel;
        }
        Stmt result = pass.unit();
        for (Stmt.For l : nest.loops().subList(0, nest.loops().size() - 1).reversed()) {
            result = Split.withBody(l, result);
        }
        return kernel.withBody(result);
    }

    private static boolean isSimple(Stmt stmt) {
        return switch (stmt) {
            case Stmt.Assign _, Stmt.Store _ -> true;
            case Stmt.Sequence(var body) -> body.stream().allMatch(InterleaveRows::isSimple);
            case Stmt.For f ->
                    f.run().kind() == Run.Kind.SEQUENTIAL
                            && f.start() instanceof Const
                            && f.bound() instanceof Const
                            && isSimple(f.body());
            default -> false;
        };
    }

    /** Whether a loop does nothing but add, in order. */
    private static boolean isSum(Stmt stmt) {
        if (!(stmt instanceof Stmt.For f)) {
            return false;
        }
        boolean[] adds = {!Carried.of(f.body()).isEmpty()};
        Set<Var> carried = Carried.of(f.body());
        new Walker() {
            @Override
            protected void visit(Expr e) {
                adds[0] &= !e.type().isVector() && !(e instanceof Expr.Call);
            }

            @Override
            protected void visit(Stmt s) {
                adds[0] &= s instanceof Stmt.Assign || s instanceof Stmt.Sequence;
                if (s instanceof Stmt.Assign(var v, var value) && carried.contains(v)) {
                    adds[0] &= value instanceof Expr.Binary b && b.op() == BinaryOp.ADD;
                }
            }
        }.walk(f.body());
        return adds[0];
    }

    /** Cuts the body: each sum is a part, and what lies between them. */
    private void cut(List<Stmt> body) {
        List<Stmt> between = new ArrayList<>();
        for (Stmt s : flat(body)) {
            if (isSum(s)) {
                parts.add(between);
                parts.add(List.of(s));
                between = new ArrayList<>();
            } else {
                between.add(s);
            }
        }
        parts.add(between);
        parts.removeIf(List::isEmpty);
    }

    private static List<Stmt> flat(List<Stmt> body) {
        List<Stmt> all = new ArrayList<>();
        for (Stmt s : body) {
            if (s instanceof Stmt.Sequence(var inner)) {
                all.addAll(flat(inner));
            } else {
                all.add(s);
            }
        }
        return all;
    }

    /** Finds what passes from part to part; {@return whether it can} */
    private boolean pass() {
        Set<Var> set = new LinkedHashSet<>();
        for (List<Stmt> part : parts) {
            for (Var v : mentioned(part)) {
                if (set.contains(v) && !passed.containsKey(v)) {
                    if (v.type().isVector() || v.type().equals(Type.BOOL)) {
                        return false;
                    }
                    Scalar element = v.type().scalar();
                    passed.put(v, new Array(v.name() + "Of", element, Space.PRIVATE));
                }
            }
            set.addAll(Assignments.of(new Stmt.Sequence(part)).assigned());
        }
        return true;
    }

    private static Set<Var> mentioned(List<Stmt> part) {
        Set<Var> all = new LinkedHashSet<>();
        new Walker() {
            @Override
            protected void visit(Expr e) {
                if (e instanceof Var v) {
                    all.add(v);
                }
            }

            @Override
            protected void visit(Stmt s) {
                if (s instanceof Stmt.Assign(var v, _)) {
                    all.add(v);
                }
            }
        }.walk(new Stmt.Sequence(part));
        return all;
    }

    private Stmt unit() {
        List<Stmt> all = new ArrayList<>();
        for (Array array : passed.values()) {
            all.add(new Stmt.Allocate(array, Const.i32(rows), Site.NONE));
        }
        Set<Var> known = new LinkedHashSet<>();
        for (List<Stmt> part : parts) {
            all.add(isSum(part.getFirst()) ? together(part, known) : eachRow(part, known));
            known.addAll(Assignments.of(new Stmt.Sequence(part)).assigned());
        }
        long units = Math.ceilDiv(Nest.extent(over), (long) rows);
        return loop(unit, units, Run.PARALLEL, new Stmt.Sequence(all));
    }

    /** The part for one row after the other. */
    private Stmt eachRow(List<Stmt> part, Set<Var> known) {
        Var r = new Var("r", Type.I32);
        List<Stmt> body = new ArrayList<>(loads(part, known, r));
        body.addAll(part);
        body.addAll(stores(part, r));
        Expr first = times(unit, rows);
        Stmt once = Clone.of(new Stmt.Sequence(body), Map.of(over.index(), plus(first, r), r, r));
        long extent = Nest.extent(over);
        Stmt.For each = loop(r, rows, Run.SEQUENTIAL, once);
        if (extent % rows == 0) {
            return each;
        }
        Expr left = new Expr.Binary(BinaryOp.SUB, Const.i32((int) extent), first);
        Expr count = new Expr.Binary(BinaryOp.MIN, Const.i32(rows), left);
        return new Stmt.For(each.label(), r, each.start(), count, 1, each.run(), once);
    }

    /** The loop of a sum for all rows; rows behind the last are the last once more. */
    private Stmt together(List<Stmt> part, Set<Var> known) {
        Stmt.For f = (Stmt.For) part.getFirst();
        Var index = new Var(f.index().name(), Type.I32);
        List<Stmt> before = new ArrayList<>();
        List<Stmt> body = new ArrayList<>();
        List<Stmt> after = new ArrayList<>();
        long extent = Nest.extent(over);
        for (int r = 0; r < rows; r++) {
            Expr row = plus(times(unit, rows), Const.i32(r));
            if (extent % rows != 0) {
                row = new Expr.Binary(BinaryOp.MIN, row, Const.i32((int) extent - 1));
            }
            Map<Var, Expr> values = new HashMap<>();
            values.put(over.index(), row);
            values.put(f.index(), index);
            for (Var v : passed.keySet()) {
                values.put(v, new Var(v.name() + r, v.type()));
            }
            Const at = Const.i32(r);
            before.add(Clone.of(new Stmt.Sequence(loads(part, known, at)), values));
            body.add(Clone.of(f.body(), values));
            after.add(Clone.of(new Stmt.Sequence(stores(part, at)), values));
        }
        Stmt.Sequence rows = new Stmt.Sequence(body);
        before.add(new Stmt.For(f.label(), index, f.start(), f.bound(), f.step(), f.run(), rows));
        before.addAll(after);
        return new Stmt.Sequence(before);
    }

    private List<Stmt> loads(List<Stmt> part, Set<Var> known, Expr at) {
        List<Stmt> loads = new ArrayList<>();
        Set<Var> mentioned = mentioned(part);
        passed.forEach((v, array) -> {
            if (known.contains(v) && mentioned.contains(v)) {
                loads.add(new Stmt.Assign(v, new Expr.Load(array, at, v.type(), Site.NONE)));
            }
        });
        return loads;
    }

    private List<Stmt> stores(List<Stmt> part, Expr at) {
        List<Stmt> stores = new ArrayList<>();
        Set<Var> assigned = Assignments.of(new Stmt.Sequence(part)).assigned();
        passed.forEach((v, array) -> {
            if (assigned.contains(v)) {
                stores.add(new Stmt.Store(array, at, v, Site.NONE));
            }
        });
        return stores;
    }
}
