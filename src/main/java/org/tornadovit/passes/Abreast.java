package org.tornadovit.passes;

import java.util.ArrayList;
import java.util.List;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;

/**
 * Joins copies of one piece of code, which differ in their variables and in the elements that they
 * touch, to one that takes each step for all of them: their loops become one.
 *
 * <p>The copies run their loops equally often and take the same branches, jump nowhere, and none
 * reads what another stores.
 */
final class Abreast {
    private Abreast() {}

    /** {@return the copies, step by step} */
    static Stmt of(List<? extends Stmt> copies) {
        Stmt first = copies.getFirst();
        if (copies.size() == 1) {
            return first;
        }
        return switch (first) {
            case Stmt.Sequence(var steps) -> {
                List<Stmt> all = new ArrayList<>();
                for (int i = 0; i < steps.size(); i++) {
                    int step = i;
                    all.add(of(copies.stream().map(c -> step(c, step)).toList()));
                }
                yield new Stmt.Sequence(all);
            }
            case Stmt.For f -> {
                List<Stmt> bodies = new ArrayList<>();
                for (Stmt copy : copies) {
                    Stmt.For g = (Stmt.For) copy;
                    bodies.add(counting(g.body(), g.index(), f.index()));
                }
                yield Split.withBody(f, of(bodies));
            }
            case Stmt.If(var condition, _, _) ->
                    new Stmt.If(
                            condition,
                            of(copies.stream().map(c -> ((Stmt.If) c).yes()).toList()),
                            of(copies.stream().map(c -> ((Stmt.If) c).no()).toList()));
            case Stmt.Assign _,
                    Stmt.Store _,
                    Stmt.Atomic _,
                    Stmt.Allocate _,
                    Stmt.Labeled _,
                    Stmt.Loop _,
                    Stmt.Break _,
                    Stmt.Continue _,
                    Stmt.Return _,
                    Stmt.Barrier _,
                    Stmt.Check _ ->
                    new Stmt.Sequence(List.copyOf(copies));
        };
    }

    /** {@return the body of a loop that counts with another variable} */
    private static Stmt counting(Stmt body, Var own, Var index) {
        return new Rewriter() {
            @Override
            protected Expr visit(Expr e) {
                return e == own ? index : e;
            }
        }.rewrite(body);
    }

    private static Stmt step(Stmt copy, int index) {
        return ((Stmt.Sequence) copy).body().get(index);
    }
}
