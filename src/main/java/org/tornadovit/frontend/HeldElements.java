package org.tornadovit.frontend;

import java.util.ArrayList;
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
 * Finds the variables that hold an element between its load and its use: {@code v = a[k]; ... a[k]
 * = v + x}, where nothing between the two writes the array, and no loop repeats the use. There is
 * one use on each way through the code; branches that exclude each other may have one each.
 */
final class HeldElements {
    private final Map<Var, Integer> reads;
    private final Predicate<Expr> isFixed;
    private final Map<Var, Expr.Load> held = new HashMap<>();

    private HeldElements(Map<Var, Integer> reads, Predicate<Expr> isFixed) {
        this.reads = reads;
        this.isFixed = isFixed;
    }

    /**
     * {@return the variables, with what they hold}
     *
     * @param body one iteration
     * @param reads how often the kernel reads each variable
     * @param isFixed whether an index is the same in all iterations
     */
    static Map<Var, Expr.Load> of(Stmt body, Map<Var, Integer> reads, Predicate<Expr> isFixed) {
        HeldElements elements = new HeldElements(reads, isFixed);
        elements.find(body, List.of());
        elements.held.keySet().removeAll(assignedTwice(body));
        return elements.held;
    }

    private static Set<Var> assignedTwice(Stmt body) {
        Set<Var> once = new HashSet<>();
        Set<Var> twice = new HashSet<>();
        Regions.any(
                body,
                s -> {
                    if (s instanceof Stmt.Assign(var target, _) && !once.add(target)) {
                        twice.add(target);
                    }
                    return false;
                });
        return twice;
    }

    /** Looks into a statement, after which {@code after} runs. */
    private void find(Stmt stmt, List<Stmt> after) {
        switch (stmt) {
            case Stmt.Sequence(var list) -> {
                for (int i = 0; i < list.size(); i++) {
                    List<Stmt> rest = new ArrayList<>(list.subList(i + 1, list.size()));
                    rest.addAll(after);
                    find(list.get(i), rest);
                }
            }
            case Stmt.Assign(var target, Expr.Load load) -> {
                if (isFixed.test(load.index())
                        && hasAll(after, target, reads)
                        && keeps(after, target, load)) {
                    held.put(target, load);
                }
            }
            case Stmt.Labeled(_, var body) -> find(body, after);
            case Stmt.If(_, var yes, var no) -> {
                find(yes, List.of());
                find(no, List.of());
            }
            case Stmt.For f -> find(f.body(), List.of());
            case Stmt.Loop(_, var body) -> find(body, List.of());
            case Stmt.Assign _,
                    Stmt.Store _,
                    Stmt.Atomic _,
                    Stmt.Allocate _,
                    Stmt.Break _,
                    Stmt.Continue _,
                    Stmt.Return _,
                    Stmt.Barrier _,
                    Stmt.Check _ -> {}
        }
    }

    private static boolean hasAll(List<Stmt> list, Var held, Map<Var, Integer> reads) {
        int here = list.stream().mapToInt(s -> reads(s, held)).sum();
        return here > 0 && here == reads.getOrDefault(held, 0);
    }

    private static int reads(Stmt stmt, Var held) {
        return Regions.reads(stmt).getOrDefault(held, 0);
    }

    /** Whether one store uses the variable, before anything writes the array. */
    private static boolean keeps(List<Stmt> list, Var held, Expr.Load load) {
        Array array = load.array();
        for (int i = 0; i < list.size(); i++) {
            Stmt s = list.get(i);
            if (reads(s, held) > 0) {
                return list.stream().skip(i + 1).allMatch(later -> reads(later, held) == 0)
                        && keeps(s, held, load);
            }
            if (Regions.stored(s).contains(array) || synchronises(s)) {
                return false;
            }
        }
        return false;
    }

    private static boolean keeps(Stmt use, Var held, Expr.Load load) {
        return switch (use) {
            case Stmt.Store s -> s.array() == load.array() && reads(s, held) == 1;
            case Stmt.Sequence(var list) -> keeps(list, held, load);
            case Stmt.Labeled(_, var inner) -> keeps(inner, held, load);
            case Stmt.If(var condition, var yes, var no) ->
                    !Trees.reads(condition, held)
                            && (reads(yes, held) == 0 || keeps(yes, held, load))
                            && (reads(no, held) == 0 || keeps(no, held, load));
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
