package org.tornadovit.codegen.jvm;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/** Which variables a statement reads, how often, and which it sets; places count as variables. */
final class Flow {
    private final Places places;
    private final Map<Var, Integer> reads = new LinkedHashMap<>();
    private final Set<Var> writes = new LinkedHashSet<>();

    private Flow(Places places) {
        this.places = places;
    }

    static Flow of(Stmt stmt, Places places) {
        Flow flow = new Flow(places);
        new Walker() {
            @Override
            protected void visit(Expr expr) {
                flow.read(expr);
            }

            @Override
            protected void visit(Stmt s) {
                flow.read(s);
                flow.write(s);
            }
        }.walk(stmt);
        return flow;
    }

    private void read(Var variable) {
        reads.merge(variable, 1, Integer::sum);
    }

    private void read(Expr expr) {
        switch (expr) {
            case Var v -> read(v);
            case Expr.Load l -> read(places.base(l.array()));
            case Expr.Length(var array) when places.length(array) instanceof Var v -> read(v);
            default -> {
                if (expr.type().isVector()) {
                    read(places.scratch()); // lanes may have to pass through memory
                }
            }
        }
    }

    private void read(Stmt stmt) {
        switch (stmt) {
            case Stmt.Store s -> read(places.base(s.array()));
            case Stmt.Atomic a -> read(places.base(a.array()));
            case Stmt.Allocate a -> read(places.base(a.array()));
            default -> {}
        }
    }

    private void write(Stmt stmt) {
        switch (stmt) {
            case Stmt.Assign(var target, _) -> writes.add(target);
            case Stmt.Atomic a -> writes.add(a.result());
            case Stmt.For f -> writes.add(f.index());
            default -> {}
        }
    }

    int reads(Var variable) {
        return reads.getOrDefault(variable, 0);
    }

    Set<Var> reads() {
        return reads.keySet();
    }

    Set<Var> writes() {
        return writes;
    }

    /**
     * {@return the variables that may be read in {@code stmt} before it sets them} An upper bound:
     * what is set in a loop or before a jump counts as not set.
     */
    static Set<Var> exposed(Stmt stmt, Places places) {
        Set<Var> exposed = new LinkedHashSet<>();
        new Exposure(places, exposed).statement(stmt, new LinkedHashSet<>());
        return exposed;
    }

    private record Exposure(Places places, Set<Var> exposed) {
        private void expressions(Stmt stmt, Set<Var> set) {
            switch (stmt) { // those evaluated once, before any part runs
                case Stmt.Assign(_, var value) -> expression(value, set);
                case Stmt.Store(_, var index, var value, _) -> {
                    expression(index, set);
                    expression(value, set);
                }
                case Stmt.Atomic a -> {
                    expression(a.index(), set);
                    expression(a.value(), set);
                }
                case Stmt.Allocate(_, var length, _) -> expression(length, set);
                case Stmt.If(var condition, _, _) -> expression(condition, set);
                case Stmt.For f -> {
                    expression(f.start(), set);
                    expression(f.bound(), set);
                }
                case Stmt.Check(var condition, _, var value, _) -> {
                    expression(condition, set);
                    expression(value, set);
                }
                case Stmt.Sequence _,
                        Stmt.Labeled _,
                        Stmt.Loop _,
                        Stmt.Break _,
                        Stmt.Continue _,
                        Stmt.Return _,
                        Stmt.Barrier _ -> {}
            }
            Flow own = new Flow(places);
            own.read(stmt);
            exposed.addAll(own.reads());
        }

        private void expression(Expr expr, Set<Var> set) {
            new Walker() {
                @Override
                protected void visit(Expr e) {
                    Flow own = new Flow(places);
                    own.read(e);
                    own.reads().removeAll(set);
                    exposed.addAll(own.reads());
                }
            }.walk(expr);
        }

        /** Adds to {@code set} what is set on every path through {@code stmt}. */
        private void statement(Stmt stmt, Set<Var> set) {
            expressions(stmt, set);
            switch (stmt) {
                case Stmt.Assign(var target, _) -> set.add(target);
                case Stmt.Atomic a -> set.add(a.result());
                case Stmt.Sequence(var body) -> body.forEach(s -> statement(s, set));
                case Stmt.If(_, var yes, var no) -> {
                    Set<Var> a = new LinkedHashSet<>(set);
                    statement(yes, a);
                    Set<Var> b = new LinkedHashSet<>(set);
                    statement(no, b);
                    a.retainAll(b);
                    set.addAll(a);
                }
                case Stmt.For f -> {
                    Set<Var> inside = new LinkedHashSet<>(set);
                    inside.add(f.index());
                    statement(f.body(), inside);
                }
                case Stmt.Loop(_, var body) -> statement(body, new LinkedHashSet<>(set));
                case Stmt.Labeled(_, var body) -> statement(body, new LinkedHashSet<>(set));
                case Stmt.Store _,
                        Stmt.Allocate _,
                        Stmt.Break _,
                        Stmt.Continue _,
                        Stmt.Return _,
                        Stmt.Barrier _,
                        Stmt.Check _ -> {}
            }
        }
    }
}
