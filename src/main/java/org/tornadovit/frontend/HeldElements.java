package org.tornadovit.frontend;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;

/**
 * Finds the variables that hold an element between its load and its only use: {@code v = a[k]; ...
 * a[k] = v + x}, where nothing between the two writes the array, and no loop repeats the use.
 */
final class HeldElements {
    private HeldElements() {}

    /**
     * {@return the variables, with what they hold}
     *
     * @param body one iteration
     * @param reads how often the kernel reads each variable
     * @param isFixed whether an index is the same in all iterations
     */
    static Map<Var, Expr.Load> of(Stmt body, Map<Var, Integer> reads, Predicate<Expr> isFixed) {
        Map<Var, Expr.Load> held = new HashMap<>();
        Set<Var> assigned = new HashSet<>();
        Set<Var> twice = new HashSet<>();
        Regions.any(
                body,
                s -> {
                    if (s instanceof Stmt.Assign(var target, _) && !assigned.add(target)) {
                        twice.add(target);
                    }
                    if (s instanceof Stmt.Sequence(var list)) {
                        for (int i = 0; i < list.size(); i++) {
                            if (list.get(i) instanceof Stmt.Assign(var target, Expr.Load load)
                                    && isFixed.test(load.index())
                                    && reads.getOrDefault(target, 0) == 1
                                    && keeps(list.subList(i + 1, list.size()), target, load)) {
                                held.put(target, load);
                            }
                        }
                    }
                    return false;
                });
        held.keySet().removeAll(twice);
        return held;
    }

    /** Whether a store uses the variable before anything writes the array. */
    private static boolean keeps(List<Stmt> list, Var held, Expr.Load load) {
        Array array = load.array();
        for (Stmt s : list) {
            if (Regions.reads(s).containsKey(held)) {
                return keeps(s, held, load);
            }
            if (Regions.stored(s).contains(array) || synchronises(s)) {
                return false;
            }
        }
        return false;
    }

    private static boolean keeps(Stmt use, Var held, Expr.Load load) {
        return switch (use) {
            case Stmt.Store _ -> true;
            case Stmt.Sequence(var list) -> keeps(list, held, load);
            case Stmt.Labeled(_, var inner) -> keeps(inner, held, load);
            case Stmt.If(var condition, var yes, var no) ->
                    !Trees.reads(condition, held)
                            && keeps(Regions.reads(yes).containsKey(held) ? yes : no, held, load);
            case Stmt.For _,
                    Stmt.Loop _,
                    Stmt.Assign _,
                    Stmt.Atomic _,
                    Stmt.Allocate _,
                    Stmt.Break _,
                    Stmt.Continue _,
                    Stmt.Return _,
                    Stmt.Barrier _,
                    Stmt.Check _ ->
                    false;
        };
    }

    private static boolean synchronises(Stmt stmt) {
        return Regions.any(stmt, s -> s instanceof Stmt.Barrier);
    }
}
