package org.tornadovit.frontend;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;

/**
 * Collects the statements of a basic block and keeps Java's order of evaluation.
 *
 * <p>Operands wait as expression trees on the stacks registered here. A statement that would change
 * the value of a waiting tree first moves that tree into a variable.
 */
final class Emitter {
    private final List<Stmt> statements = new ArrayList<>();
    private final List<List<Value>> waiting = new ArrayList<>();
    private final Session session;

    Emitter(Session session) {
        this.session = session;
    }

    /** {@return the statements so far, in order; open for appending} */
    List<Stmt> statements() {
        return statements;
    }

    /** Protects the trees on {@code stack} until {@link #release}. */
    void protect(List<Value> stack) {
        waiting.add(stack);
    }

    /** Ends the protection of the stack protected last. */
    void release() {
        waiting.removeLast();
    }

    /** Emits {@code target = value}. */
    void assign(Var target, Expr value) {
        settle(tree -> Trees.reads(tree, target));
        statements.add(new Stmt.Assign(target, value));
    }

    /** Emits a statement that writes memory or synchronises. */
    void effect(Stmt stmt) {
        session.wrote(stmt);
        settle(Trees::isDelicate);
        statements.add(stmt);
    }

    /** Emits the body of a method that was called. */
    void body(Stmt body) {
        Set<Var> assigned = Regions.assigned(body);
        boolean writes = Regions.writes(body);
        settle(tree ->
                writes && Trees.isDelicate(tree)
                        || Trees.any(tree, e -> e instanceof Var v && assigned.contains(v)));
        statements.add(body);
    }

    /** Emits assignments and stores that copy an object. */
    void copy(List<Stmt> copies) {
        copies.forEach(this::body);
    }

    /** Replaces waiting operands. */
    void replace(UnaryOperator<Value> replacement) {
        waiting.forEach(stack -> stack.replaceAll(replacement));
    }

    /** Emits a statement that changes nothing a waiting tree depends on. */
    void plain(Stmt stmt) {
        statements.add(stmt);
    }

    /** {@return a new variable that holds {@code value}} */
    Var hold(Expr value) {
        return hold("t", value);
    }

    /** {@return a new variable called {@code name} that holds {@code value}} */
    Var hold(String name, Expr value) {
        Var variable = new Var(name, value.type());
        session.temporaries().add(variable);
        statements.add(new Stmt.Assign(variable, value));
        return variable;
    }

    /** {@return an expression with this value that may be used more than once} */
    Expr simple(Expr value) {
        return Trees.isSimple(value) ? value : hold(value);
    }

    /** Moves all waiting trees that are more than a variable or a constant into variables. */
    void settleAll() {
        settle(tree -> !Trees.isSimple(tree));
    }

    private void settle(Predicate<Expr> affected) {
        for (List<Value> stack : waiting) {
            stack.replaceAll(value ->
                    switch (value) {
                        case Value.Number(var tree) when affected.test(tree) ->
                                new Value.Number(hold(tree));
                        case Value.Compared(var order, var x, var y) ->
                                affected.test(x) || affected.test(y)
                                        ? new Value.Compared(order, hold(x), hold(y))
                                        : value;
                        default -> held("t", value, affected);
                    });
        }
    }

    /** {@return the same array or element, with trees that say where it lies in variables} */
    Value held(String name, Value value, Predicate<Expr> affected) {
        return switch (value) {
            case Value.OfRows(var array, var start, var sizes) when affected.test(start) ->
                    new Value.OfRows(array, hold(name, start), sizes);
            case Value.OfRow(var array, var start, var columns)
                    when affected.test(start) || affected.test(columns) ->
                    new Value.OfRow(array, hold(name, start), simple(columns));
            case Value.OfRagged(var array, var starts, var first, var size)
                    when affected.test(first) || affected.test(size) ->
                    new Value.OfRagged(array, starts, simple(first), simple(size));
            case Value.OfElement(var array, var path, var index)
                    when affected.test(index) && !(index instanceof Const) ->
                    new Value.OfElement(array, path, hold(index));
            default -> value;
        };
    }
}
