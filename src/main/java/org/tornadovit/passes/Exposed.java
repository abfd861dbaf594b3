package org.tornadovit.passes;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.tornadovit.ir.Definitions;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * Finds the variables that a statement may read before it assigns them: what it needs from before.
 */
final class Exposed {
    private final Definitions definitions = new Definitions();
    private final Set<Var> exposed = new LinkedHashSet<>();

    private Exposed() {}

    /** {@return the variables that come into {@code stmt} with a value on some way} */
    static Set<Var> of(Stmt stmt) {
        Exposed pass = new Exposed();
        pass.statement(stmt);
        return pass.exposed;
    }

    private void read(Expr expr) {
        new Walker() {
            @Override
            protected void visit(Expr e) {
                if (e instanceof Var v && !definitions.contains(v)) {
                    exposed.add(v);
                }
            }
        }.walk(expr);
    }

    private void statement(Stmt stmt) {
        switch (stmt) {
            case Stmt.Assign(var target, var value) -> {
                read(value);
                definitions.add(target);
            }
            case Stmt.Store(_, var index, var value, _) -> {
                read(index);
                read(value);
            }
            case Stmt.Atomic(_, _, var index, var value, var result, _) -> {
                read(index);
                read(value);
                definitions.add(result);
            }
            case Stmt.Allocate(_, var length, _) -> read(length);
            case Stmt.Sequence(var body) -> body.forEach(this::statement);
            case Stmt.Labeled(var label, var body) -> {
                statement(body);
                definitions.end(label);
            }
            case Stmt.If(var condition, var yes, var no) -> {
                read(condition);
                Optional<Set<Object>> before = definitions.mark();
                statement(yes);
                Optional<Set<Object>> afterYes = definitions.mark();
                definitions.reset(before);
                statement(no);
                definitions.join(afterYes);
            }
            case Stmt.For f -> {
                read(f.start());
                read(f.bound());
                Optional<Set<Object>> before = definitions.mark();
                definitions.add(f.index());
                statement(f.body());
                definitions.end(f.label());
                definitions.reset(before); // it may not run at all
            }
            case Stmt.Loop(var label, var body) -> {
                statement(body);
                definitions.leave();
                definitions.end(label);
            }
            case Stmt.Break(var label) -> definitions.leave(label);
            case Stmt.Continue _, Stmt.Return _ -> definitions.leave();
            case Stmt.Check(var condition, _, var value, _) -> {
                read(condition);
                read(value);
            }
            case Stmt.Barrier _ -> {}
        }
    }
}
