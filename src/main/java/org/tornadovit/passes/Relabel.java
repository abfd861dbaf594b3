package org.tornadovit.passes;

import java.util.HashMap;
import java.util.Map;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Stmt;

/** Gives the loops and blocks of a copied statement labels of their own. */
final class Relabel extends Rewriter {
    private final Map<Label, Label> fresh = new HashMap<>();

    private Relabel() {}

    static Stmt of(Stmt stmt) {
        return new Relabel().rewrite(stmt);
    }

    @Override
    protected Stmt visit(Stmt stmt) {
        return switch (stmt) {
            case Stmt.For(var l, var i, var start, var bound, var step, var run, var body) ->
                    new Stmt.For(label(l), i, start, bound, step, run, body);
            case Stmt.Loop(var l, var body) -> new Stmt.Loop(label(l), body);
            case Stmt.Labeled(var l, var body) -> new Stmt.Labeled(label(l), body);
            case Stmt.Break(var l) -> new Stmt.Break(label(l));
            case Stmt.Continue(var l) -> new Stmt.Continue(label(l));
            default -> stmt;
        };
    }

    private Label label(Label old) {
        return fresh.computeIfAbsent(old, l -> new Label(l.name()));
    }
}
