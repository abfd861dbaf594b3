package org.tornadovit.ir;

import java.util.ArrayList;
import java.util.List;

/**
 * Rebuilds a kernel bottom-up: operands first, then {@link #visit(Expr)} or {@link #visit(Stmt)} on
 * the node made of the new operands. Returning the same object means no change, and unchanged trees
 * are shared with the input.
 */
public class Rewriter {
    /** {@return the replacement of an expression whose operands are already rewritten} */
    protected Expr visit(Expr expr) {
        return expr;
    }

    /** {@return the replacement of a statement whose parts are already rewritten} */
    protected Stmt visit(Stmt stmt) {
        return stmt;
    }

    /** {@return the variable that stands for {@code variable} where it is assigned} */
    protected Var target(Var variable) {
        return variable;
    }

    /** {@return the rewritten kernel} */
    public Kernel rewrite(Kernel kernel) {
        return kernel.withBody(rewrite(kernel.body()));
    }

    /** {@return the rewritten expression} */
    public Expr rewrite(Expr expr) {
        return visit(
                switch (expr) {
                    case Var v -> v;
                    case Const c -> c;
                    case Expr.Length l -> l;
                    case Expr.WorkItem w -> w;
                    case Expr.Unary(var op, var x) -> {
                        Expr a = rewrite(x);
                        yield a == x ? expr : new Expr.Unary(op, a);
                    }
                    case Expr.Binary(var op, var x, var y) -> {
                        Expr a = rewrite(x);
                        Expr b = rewrite(y);
                        yield a == x && b == y ? expr : new Expr.Binary(op, a, b);
                    }
                    case Expr.Select(var condition, var yes, var no) -> {
                        Expr c = rewrite(condition);
                        Expr a = rewrite(yes);
                        Expr b = rewrite(no);
                        yield c == condition && a == yes && b == no
                                ? expr
                                : new Expr.Select(c, a, b);
                    }
                    case Expr.Cast(var type, var x) -> {
                        Expr a = rewrite(x);
                        yield a == x ? expr : new Expr.Cast(type, a);
                    }
                    case Expr.Bitcast(var type, var x) -> {
                        Expr a = rewrite(x);
                        yield a == x ? expr : new Expr.Bitcast(type, a);
                    }
                    case Expr.Load(var array, var index, var type, var site) -> {
                        Expr i = rewrite(index);
                        yield i == index ? expr : new Expr.Load(array, i, type, site);
                    }
                    case Expr.Call(var function, var arguments) -> {
                        List<Expr> rewritten = arguments.stream().map(this::rewrite).toList();
                        yield same(rewritten, arguments)
                                ? expr
                                : new Expr.Call(function, rewritten);
                    }
                    case Expr.Broadcast(var type, var x) -> {
                        Expr a = rewrite(x);
                        yield a == x ? expr : new Expr.Broadcast(type, a);
                    }
                    case Expr.Lane(var x, var lane) -> {
                        Expr a = rewrite(x);
                        yield a == x ? expr : new Expr.Lane(a, lane);
                    }
                    case Expr.Reduce(var op, var x) -> {
                        Expr a = rewrite(x);
                        yield a == x ? expr : new Expr.Reduce(op, a);
                    }
                });
    }

    /** {@return the rewritten statement} */
    public Stmt rewrite(Stmt stmt) {
        return visit(
                switch (stmt) {
                    case Stmt.Assign(var variable, var value) -> {
                        Expr v = rewrite(value);
                        Var t = target(variable);
                        yield v == value && t == variable ? stmt : new Stmt.Assign(t, v);
                    }
                    case Stmt.Store(var array, var index, var value, var site) -> {
                        Expr i = rewrite(index);
                        Expr v = rewrite(value);
                        yield i == index && v == value ? stmt : new Stmt.Store(array, i, v, site);
                    }
                    case Stmt.Atomic(var op, var array, var index, var value, var r, var site) -> {
                        Expr i = rewrite(index);
                        Expr v = rewrite(value);
                        Var t = target(r);
                        yield i == index && v == value && t == r
                                ? stmt
                                : new Stmt.Atomic(op, array, i, v, t, site);
                    }
                    case Stmt.Allocate(var array, var length, var site) -> {
                        Expr n = rewrite(length);
                        yield n == length ? stmt : new Stmt.Allocate(array, n, site);
                    }
                    case Stmt.Sequence(var body) -> {
                        List<Stmt> rewritten = new ArrayList<>(body.size());
                        for (Stmt s : body) {
                            Stmt r = rewrite(s);
                            if (r instanceof Stmt.Sequence(var inner) && r != s) {
                                rewritten.addAll(inner);
                            } else {
                                rewritten.add(r);
                            }
                        }
                        yield same(rewritten, body) ? stmt : new Stmt.Sequence(rewritten);
                    }
                    case Stmt.Labeled(var label, var body) -> {
                        Stmt b = rewrite(body);
                        yield b == body ? stmt : new Stmt.Labeled(label, b);
                    }
                    case Stmt.If(var condition, var yes, var no) -> {
                        Expr c = rewrite(condition);
                        Stmt a = rewrite(yes);
                        Stmt b = rewrite(no);
                        yield c == condition && a == yes && b == no ? stmt : new Stmt.If(c, a, b);
                    }
                    case Stmt.For(
                                    var label,
                                    var index,
                                    var start,
                                    var bound,
                                    var step,
                                    var run,
                                    var body) -> {
                        Expr s = rewrite(start);
                        Expr e = rewrite(bound);
                        Var i = target(index);
                        Stmt b = rewrite(body);
                        yield s == start && e == bound && i == index && b == body
                                ? stmt
                                : new Stmt.For(label, i, s, e, step, run, b);
                    }
                    case Stmt.Loop(var label, var body) -> {
                        Stmt b = rewrite(body);
                        yield b == body ? stmt : new Stmt.Loop(label, b);
                    }
                    case Stmt.Check(var condition, var trap, var value, var site) -> {
                        Expr c = rewrite(condition);
                        Expr v = rewrite(value);
                        yield c == condition && v == value
                                ? stmt
                                : new Stmt.Check(c, trap, v, site);
                    }
                    case Stmt.Break b -> b;
                    case Stmt.Continue c -> c;
                    case Stmt.Return r -> r;
                    case Stmt.Barrier b -> b;
                });
    }

    private static <T> boolean same(List<T> a, List<T> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (a.get(i) != b.get(i)) {
                return false;
            }
        }
        return true;
    }
}
