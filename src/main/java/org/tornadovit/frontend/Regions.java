package org.tornadovit.frontend;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/** Answers questions about statements. */
final class Regions {
    private Regions() {}

    /** {@return the statements of {@code stmt}, one by one} */
    static List<Stmt> list(Stmt stmt) {
        return stmt instanceof Stmt.Sequence(var body) ? body : List.of(stmt);
    }

    /** {@return one statement for all of {@code list}} */
    static Stmt sequence(List<Stmt> list) {
        return list.size() == 1 ? list.getFirst() : new Stmt.Sequence(list);
    }

    /** {@return the same loop around another body} */
    static Stmt.For withBody(Stmt.For f, Stmt body) {
        return new Stmt.For(f.label(), f.index(), f.start(), f.bound(), f.step(), f.run(), body);
    }

    static boolean isEmpty(Stmt stmt) {
        return stmt instanceof Stmt.Sequence(var body) && body.stream().allMatch(Regions::isEmpty);
    }

    /** {@return whether a statement within {@code stmt} satisfies {@code test}} */
    static boolean any(Stmt stmt, Predicate<Stmt> test) {
        boolean[] found = {false};
        new Walker() {
            @Override
            protected void visit(Stmt inner) {
                found[0] |= test.test(inner);
            }
        }.walk(stmt);
        return found[0];
    }

    /** {@return whether two statements are built alike of the very same expressions} */
    static boolean same(Stmt x, Stmt y) {
        if (x == y) {
            return true;
        }
        return switch (x) {
            case Stmt.Sequence(var a) -> {
                boolean same = y instanceof Stmt.Sequence(var b) && a.size() == b.size();
                for (int i = 0; same && i < a.size(); i++) {
                    same = same(a.get(i), ((Stmt.Sequence) y).body().get(i));
                }
                yield same;
            }
            case Stmt.Labeled(var label, var body) ->
                    y instanceof Stmt.Labeled(var l, var b) && l == label && same(body, b);
            case Stmt.If(var condition, var yes, var no) ->
                    y instanceof Stmt.If(var c, var a, var b)
                            && c == condition
                            && same(yes, a)
                            && same(no, b);
            case Stmt.For f ->
                    y instanceof Stmt.For g && g.index() == f.index() && same(f.body(), g.body());
            case Stmt.Loop(var label, var body) ->
                    y instanceof Stmt.Loop(var l, var b) && l == label && same(body, b);
            case Stmt.Break(var label) -> y instanceof Stmt.Break(var l) && l == label;
            case Stmt.Continue(var label) -> y instanceof Stmt.Continue(var l) && l == label;
            case Stmt.Return() -> y instanceof Stmt.Return;
            case Stmt.Assign _,
                    Stmt.Store _,
                    Stmt.Atomic _,
                    Stmt.Allocate _,
                    Stmt.Barrier _,
                    Stmt.Check _ ->
                    false;
        };
    }

    /** {@return the number of times each variable is read} */
    static Map<Var, Integer> reads(Stmt stmt) {
        Map<Var, Integer> counts = new HashMap<>();
        new Walker() {
            @Override
            protected void visit(Expr expr) {
                if (expr instanceof Var variable) {
                    counts.merge(variable, 1, Integer::sum);
                }
            }
        }.walk(stmt);
        return counts;
    }

    /** {@return the variables that {@code stmt} assigns, loop variables among them} */
    static Set<Var> assigned(Stmt stmt) {
        Set<Var> variables = new HashSet<>();
        any(
                stmt,
                s -> {
                    switch (s) {
                        case Stmt.Assign(var target, _) -> variables.add(target);
                        case Stmt.Atomic(_, _, _, _, var result, _) -> variables.add(result);
                        case Stmt.For loop -> variables.add(loop.index());
                        default -> {}
                    }
                    return false;
                });
        return variables;
    }

    /** {@return the arrays that {@code stmt} writes} */
    static Set<Array> stored(Stmt stmt) {
        Set<Array> arrays = new HashSet<>();
        any(
                stmt,
                s -> {
                    switch (s) {
                        case Stmt.Store(var array, _, _, _) -> arrays.add(array);
                        case Stmt.Atomic(_, var array, _, _, _, _) -> arrays.add(array);
                        case Stmt.Allocate(var array, _, _) -> arrays.add(array);
                        default -> {}
                    }
                    return false;
                });
        return arrays;
    }

    /** {@return whether {@code stmt} writes memory or synchronises} */
    static boolean writes(Stmt stmt) {
        return any(
                stmt,
                s ->
                        s instanceof Stmt.Store
                                || s instanceof Stmt.Atomic
                                || s instanceof Stmt.Barrier
                                || s instanceof Stmt.Allocate);
    }

    /** {@return whether {@code stmt} jumps out of the block or loop {@code label}} */
    static boolean leaves(Stmt stmt, Label label) {
        return any(stmt, s -> s instanceof Stmt.Break(var target) && target == label);
    }

    /** {@return whether execution can go on after {@code stmt}} */
    static boolean completes(Stmt stmt) {
        return switch (stmt) {
            case Stmt.Break _, Stmt.Continue _, Stmt.Return _ -> false;
            case Stmt.Sequence(var body) -> body.stream().allMatch(Regions::completes);
            case Stmt.If(_, var yes, var no) -> completes(yes) || completes(no);
            case Stmt.Labeled(var label, var body) -> completes(body) || leaves(body, label);
            case Stmt.Loop(var label, var body) -> leaves(body, label);
            case Stmt.Assign _,
                    Stmt.Store _,
                    Stmt.Atomic _,
                    Stmt.Allocate _,
                    Stmt.For _,
                    Stmt.Barrier _,
                    Stmt.Check _ ->
                    true;
        };
    }
}
