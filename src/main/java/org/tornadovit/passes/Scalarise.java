package org.tornadovit.passes;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * Keeps small private arrays in variables, and so the vectors of a kernel in registers: short loops
 * over them are unrolled, then each store makes a new variable that later loads read. Where control
 * flow joins, the variable of the element gets the value.
 */
public final class Scalarise {
    /** An element of an array. */
    private record Element(Array array, int index) {}

    private final Map<Array, Integer> lengths;
    private final Map<Element, Var> homes = new HashMap<>();
    private final Set<Var> made = new HashSet<>();

    /** What each element holds here: its home, a constant or a variable that is assigned once. */
    private Map<Element, Expr> current = new LinkedHashMap<>();

    /** The elements that each statement around this one assigns. */
    private final Deque<Set<Element>> open = new ArrayDeque<>();

    private Scalarise(Map<Array, Integer> lengths) {
        this.lengths = lengths;
    }

    /** {@return an equal kernel without small private arrays} */
    public static Kernel apply(Kernel kernel) {
        Kernel known = withLengths(kernel);
        SmallArrays candidates = SmallArrays.of(known);
        if (candidates.lengths().isEmpty()) {
            return known;
        }
        Kernel unrolled = Simplify.apply(Unroll.apply(known, candidates.loops()));
        Map<Array, Integer> lengths = constant(unrolled);
        Scalarise pass = new Scalarise(lengths);
        List<Stmt> out = new ArrayList<>();
        pass.statement(unrolled.body(), out);
        return Simplify.apply(pass.withoutUnread(unrolled.withBody(new Stmt.Sequence(out))));
    }

    /** Lengths of arrays that the kernel creates become constants. */
    private static Kernel withLengths(Kernel kernel) {
        Map<Array, Const> lengths = new HashMap<>();
        new Walker() {
            @Override
            protected void visit(Stmt stmt) {
                if (stmt instanceof Stmt.Allocate(var array, Const length, _)) {
                    lengths.put(array, length);
                }
            }
        }.walk(kernel.body());
        return new Rewriter() {
            @Override
            protected Expr visit(Expr e) {
                return e instanceof Expr.Length(var array) && lengths.containsKey(array)
                        ? lengths.get(array)
                        : e;
            }
        }.rewrite(kernel);
    }

    /** {@return the arrays of which each index is a constant within bounds} */
    private static Map<Array, Integer> constant(Kernel kernel) {
        SmallArrays arrays = SmallArrays.of(kernel);
        Map<Array, Integer> lengths = new HashMap<>(arrays.lengths());
        new Walker() {
            private void access(Array array, Expr index) {
                if (!(index instanceof Const c)
                        || c.bits() < 0
                        || c.bits() >= lengths.getOrDefault(array, 0)) {
                    lengths.remove(array);
                }
            }

            @Override
            protected void visit(Expr expr) {
                if (expr instanceof Expr.Load load) {
                    access(load.array(), load.index());
                }
            }

            @Override
            protected void visit(Stmt stmt) {
                if (stmt instanceof Stmt.Store store) {
                    access(store.array(), store.index());
                }
            }
        }.walk(kernel.body());
        return lengths;
    }

    private Kernel withoutUnread(Kernel kernel) {
        Kernel before = kernel;
        while (true) {
            Assignments assignments = Assignments.of(before);
            Kernel after =
                    new Rewriter() {
                        @Override
                        protected Stmt visit(Stmt stmt) {
                            return stmt instanceof Stmt.Assign(var target, var value)
                                            && made.contains(target)
                                            && assignments.reads(target) == 0
                                            && Simplify.isPure(value)
                                    ? Stmt.Sequence.EMPTY
                                    : stmt;
                        }
                    }.rewrite(before);
            if (after == before) {
                return after;
            }
            before = after;
        }
    }

    private Var home(Element element) {
        return homes.computeIfAbsent(element, this::variable);
    }

    private Var variable(Element element) {
        Type type = Type.of(element.array().element());
        Var variable = new Var(element.array().name() + element.index(), type);
        made.add(variable);
        return variable;
    }

    private Expr expression(Expr expr) {
        return new Rewriter() {
            @Override
            protected Expr visit(Expr e) {
                return switch (e) {
                    case Expr.Load(var array, Const index, _, _) when lengths.containsKey(array) ->
                            Objects.requireNonNull(
                                    current.get(new Element(array, (int) index.bits())));
                    case Expr.Length(var array) when lengths.containsKey(array) ->
                            Const.i32(lengths.get(array));
                    default -> e;
                };
            }
        }.rewrite(expr);
    }

    private void statement(Stmt stmt, List<Stmt> out) {
        switch (stmt) {
            case Stmt.Allocate(var array, _, _) when lengths.containsKey(array) -> {
                for (int i = 0; i < lengths.get(array); i++) {
                    current.put(new Element(array, i), Const.zero(Type.of(array.element())));
                }
            }
            case Stmt.Store(var array, Const index, var value, _) when lengths.containsKey(array) ->
                    store(new Element(array, (int) index.bits()), expression(value), out);
            case Stmt.Assign(var target, var value) -> {
                Expr v = expression(value);
                out.add(v == value ? stmt : new Stmt.Assign(target, v));
            }
            case Stmt.Store(var array, var index, var value, var site) ->
                    out.add(new Stmt.Store(array, expression(index), expression(value), site));
            case Stmt.Atomic(var op, var array, var index, var value, var result, var site) ->
                    out.add(
                            new Stmt.Atomic(
                                    op, array, expression(index), expression(value), result, site));
            case Stmt.Allocate(var array, var length, var site) ->
                    out.add(new Stmt.Allocate(array, expression(length), site));
            case Stmt.Check(var condition, var trap, var value, var site) ->
                    out.add(new Stmt.Check(expression(condition), trap, expression(value), site));
            case Stmt.Sequence(var body) -> body.forEach(s -> statement(s, out));
            case Stmt.Labeled(var label, var body) -> {
                Set<Element> assigned = enter(stmt, out);
                out.add(new Stmt.Labeled(label, nested(body, assigned)));
                open.pop();
            }
            case Stmt.If(var condition, var yes, var no) -> {
                Set<Element> assigned = enter(stmt, out);
                Expr c = expression(condition);
                out.add(new Stmt.If(c, nested(yes, assigned), nested(no, assigned)));
                open.pop();
            }
            case Stmt.For f -> {
                Expr start = expression(f.start());
                Expr bound = expression(f.bound());
                Set<Element> assigned = enter(stmt, out);
                Stmt body = nested(f.body(), assigned);
                out.add(new Stmt.For(f.label(), f.index(), start, bound, f.step(), f.run(), body));
                open.pop();
            }
            case Stmt.Loop(var label, var body) -> {
                Set<Element> assigned = enter(stmt, out);
                out.add(new Stmt.Loop(label, nested(body, assigned)));
                open.pop();
            }
            case Stmt.Break _, Stmt.Continue _ -> {
                open.forEach(assigned -> settle(assigned, out));
                out.add(stmt);
            }
            case Stmt.Return _, Stmt.Barrier _ -> out.add(stmt);
        }
    }

    private void store(Element element, Expr value, List<Stmt> out) {
        boolean fixed =
                value instanceof Const
                        || value instanceof Var v && made.contains(v) && !homes.containsValue(v);
        if (fixed) {
            current.put(element, value);
            return;
        }
        Var version = variable(element);
        out.add(new Stmt.Assign(version, value));
        current.put(element, version);
    }

    /**
     * Before a statement, the elements that it assigns go home; those of arrays that it allocates
     * do so inside, for what follows may read them.
     */
    private Set<Element> enter(Stmt stmt, List<Stmt> out) {
        Set<Element> assigned = new LinkedHashSet<>();
        new Walker() {
            @Override
            protected void visit(Stmt s) {
                if (s instanceof Stmt.Store(var array, Const index, _, _)
                        && lengths.containsKey(array)) {
                    assigned.add(new Element(array, (int) index.bits()));
                } else if (s instanceof Stmt.Allocate(var array, _, _)
                        && lengths.containsKey(array)) {
                    for (int i = 0; i < lengths.get(array); i++) {
                        assigned.add(new Element(array, i));
                    }
                }
            }
        }.walk(stmt);
        settle(assigned, out);
        open.push(assigned);
        return assigned;
    }

    private void settle(Set<Element> elements, List<Stmt> out) {
        for (Element element : elements) {
            Var home = home(element);
            Expr value = current.get(element);
            if (value != null && value != home) {
                out.add(new Stmt.Assign(home, value));
                current.put(element, home);
            }
        }
    }

    private Stmt nested(Stmt body, Set<Element> assigned) {
        Map<Element, Expr> outside = current;
        current = new LinkedHashMap<>(outside);
        List<Stmt> out = new ArrayList<>();
        statement(body, out);
        settle(assigned, out);
        current = outside;
        assigned.forEach(element -> outside.putIfAbsent(element, home(element)));
        return out.size() == 1 ? out.getFirst() : new Stmt.Sequence(out);
    }
}
