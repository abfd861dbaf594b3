package org.tornadovit.ir;

/** Visits every node of a tree in the order of evaluation: operands before the node. */
public class Walker {
    /** Called for each expression after its operands. */
    protected void visit(Expr expr) {}

    /** Called for each statement after its parts. */
    protected void visit(Stmt stmt) {}

    /** Walks an expression. */
    public final void walk(Expr expr) {
        switch (expr) {
            case Var _, Const _, Expr.Length _, Expr.WorkItem _ -> {}
            case Expr.Unary(_, var x) -> walk(x);
            case Expr.Binary(_, var x, var y) -> {
                walk(x);
                walk(y);
            }
            case Expr.Select(var condition, var yes, var no) -> {
                walk(condition);
                walk(yes);
                walk(no);
            }
            case Expr.Cast(_, var x) -> walk(x);
            case Expr.Bitcast(_, var x) -> walk(x);
            case Expr.Load(_, var index, _, _) -> walk(index);
            case Expr.Call(_, var arguments) -> arguments.forEach(this::walk);
            case Expr.Broadcast(_, var x) -> walk(x);
            case Expr.Lane(var x, _) -> walk(x);
            case Expr.Reduce(_, var x) -> walk(x);
        }
        visit(expr);
    }

    /** Walks a statement. */
    public final void walk(Stmt stmt) {
        switch (stmt) {
            case Stmt.Assign(_, var value) -> walk(value);
            case Stmt.Store(_, var index, var value, _) -> {
                walk(index);
                walk(value);
            }
            case Stmt.Atomic(_, _, var index, var value, _, _) -> {
                walk(index);
                walk(value);
            }
            case Stmt.Allocate(_, var length, _) -> walk(length);
            case Stmt.Sequence(var body) -> body.forEach(this::walk);
            case Stmt.Labeled(_, var body) -> walk(body);
            case Stmt.If(var condition, var yes, var no) -> {
                walk(condition);
                walk(yes);
                walk(no);
            }
            case Stmt.For(_, _, var start, var bound, _, _, var body) -> {
                walk(start);
                walk(bound);
                walk(body);
            }
            case Stmt.Loop(_, var body) -> walk(body);
            case Stmt.Check(var condition, _, var value, _) -> {
                walk(condition);
                walk(value);
            }
            case Stmt.Break _, Stmt.Continue _, Stmt.Return _, Stmt.Barrier _ -> {}
        }
        visit(stmt);
    }
}
