package org.tornadovit.passes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * The accesses to global memory that iterations of a loop make for certain: those in code that
 * nothing jumps over, under conditions that limit the loop's variables only.
 */
final class SureAccesses {
    /**
     * A load or store.
     *
     * @param index the element
     * @param variables the values with which the access is made, of each variable of the index and
     *     of the loops
     */
    record Access(Array array, Affine index, Site site, Map<Var, Progression> variables) {}

    private final Footprint footprint;
    private final List<Access> loads = new ArrayList<>();
    private final List<Access> stores = new ArrayList<>();

    /**
     * Looks for the accesses of a loop nest.
     *
     * @param variables the values of the nest's variables
     */
    SureAccesses(Footprint footprint, Stmt body, Map<Var, Progression> variables) {
        this.footprint = footprint;
        visit(body, variables);
    }

    List<Access> loads() {
        return loads;
    }

    List<Access> stores() {
        return stores;
    }

    private void visit(Stmt stmt, Map<Var, Progression> known) {
        switch (stmt) {
            case Stmt.Sequence(var body) -> {
                for (Stmt s : body) {
                    visit(s, known);
                    if (mayEnd(s)) {
                        return;
                    }
                }
            }
            case Stmt.Assign(_, var value) -> read(value, known);
            case Stmt.Store(var array, var index, var value, var site) -> {
                read(index, known);
                read(value, known);
                note(stores, array, index, site, known);
            }
            case Stmt.If(var condition, var yes, var no) -> {
                read(condition, known);
                where(condition, known).ifPresent(k -> visit(yes, k));
                opposite(condition).flatMap(c -> where(c, known)).ifPresent(k -> visit(no, k));
            }
            case Stmt.For f -> {
                Optional<Progression> values = Progression.of(f);
                if (values.isPresent() && !mayEnd(f.body())) {
                    visit(f.body(), with(known, f.index(), values.get()));
                }
            }
            case Stmt.Labeled(_, var body) -> visit(body, known);
            case Stmt.Loop _,
                    Stmt.Atomic _,
                    Stmt.Allocate _,
                    Stmt.Break _,
                    Stmt.Continue _,
                    Stmt.Return _,
                    Stmt.Barrier _,
                    Stmt.Check _ -> {}
        }
    }

    private static boolean mayEnd(Stmt stmt) {
        boolean[] ends = {false};
        new Walker() {
            @Override
            protected void visit(Stmt s) {
                ends[0] |=
                        s instanceof Stmt.Break
                                || s instanceof Stmt.Continue
                                || s instanceof Stmt.Return;
            }
        }.walk(stmt);
        return ends[0];
    }

    private void read(Expr value, Map<Var, Progression> known) {
        new Walker() {
            @Override
            protected void visit(Expr e) {
                if (e instanceof Expr.Load(var array, var index, _, var site)) {
                    note(loads, array, index, site, known);
                }
            }
        }.walk(value);
    }

    private void note(
            List<Access> list, Array array, Expr index, Site site, Map<Var, Progression> known) {
        if (array.space() == Space.GLOBAL) {
            Affine.of(footprint.expand(index))
                    .filter(sum -> known.keySet().containsAll(sum.terms().keySet()))
                    .ifPresent(sum -> list.add(new Access(array, sum, site, known)));
        }
    }

    /** The values with which a condition holds, when it limits one variable at a time. */
    private Optional<Map<Var, Progression>> where(Expr condition, Map<Var, Progression> known) {
        if (!(condition instanceof Expr.Binary(var op, var x, var y))) {
            return Optional.empty();
        }
        if (op == BinaryOp.AND) {
            return where(x, known).flatMap(k -> where(y, k));
        }
        if (!(footprint.expand(x) instanceof Var v)
                || !(y instanceof Const c)
                || !known.containsKey(v)) {
            return Optional.empty();
        }
        return known.get(v).where(op, c.bits()).map(values -> with(known, v, values));
    }

    private static Optional<Expr> opposite(Expr condition) {
        if (!(condition instanceof Expr.Binary(var op, var x, var y))
                || !x.type().scalar().isInteger()) {
            return Optional.empty();
        }
        return switch (op) {
            case LT -> Optional.of(new Expr.Binary(BinaryOp.GE, x, y));
            case GE -> Optional.of(new Expr.Binary(BinaryOp.LT, x, y));
            case GT -> Optional.of(new Expr.Binary(BinaryOp.LE, x, y));
            case LE -> Optional.of(new Expr.Binary(BinaryOp.GT, x, y));
            case NE -> Optional.of(new Expr.Binary(BinaryOp.EQ, x, y));
            default -> Optional.empty();
        };
    }

    private static Map<Var, Progression> with(
            Map<Var, Progression> known, Var variable, Progression values) {
        Map<Var, Progression> more = new LinkedHashMap<>(known);
        more.put(variable, values);
        return new HashMap<>(more);
    }
}
