package org.tornadovit.frontend;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.UnaryOp;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * Recovers expressions from branches: conditional expressions, {@code &&} and {@code ||}, and
 * values that were kept in a variable for one use.
 */
final class Choices {
    /** The largest operand of a select: more is cheaper to branch around. */
    private static final int SIZE = 12;

    private final Map<Var, Integer> reads;
    private final Set<Var> temporaries;

    private Choices(Stmt kernel, Set<Var> temporaries) {
        this.reads = Regions.reads(kernel);
        this.temporaries = temporaries;
    }

    /**
     * {@return the same kernel body with fewer branches and variables}
     *
     * @param temporaries variables that the source does not have
     */
    static Stmt simplify(Stmt kernel, Set<Var> temporaries) {
        return new Choices(kernel, temporaries).rewriter().rewrite(kernel);
    }

    private Rewriter rewriter() {
        return new Rewriter() {
            @Override
            protected Stmt visit(Stmt stmt) {
                return switch (stmt) {
                    case Stmt.If choice -> choice(choice);
                    case Stmt.Sequence(var body) -> {
                        List<Stmt> result = sequence(body);
                        yield result.equals(body) ? stmt : new Stmt.Sequence(result);
                    }
                    default -> stmt;
                };
            }

            @Override
            protected Expr visit(Expr expr) {
                return Choices.simplify(expr);
            }
        };
    }

    private static Stmt choice(Stmt.If choice) {
        // c ? a : b
        if (choice.yes() instanceof Stmt.Assign(var target, var a)
                && choice.no() instanceof Stmt.Assign(var other, var b)
                && target == other
                && isCheap(a)
                && isCheap(b)) {
            return new Stmt.Assign(target, simplify(Trees.select(choice.condition(), a, b)));
        }
        // if (p) if (q) s
        if (Regions.isEmpty(choice.no())
                && choice.yes() instanceof Stmt.If(var inner, var yes, var no)
                && Regions.isEmpty(no)
                && isCheap(inner)) {
            return new Stmt.If(Trees.binary(BinaryOp.AND, choice.condition(), inner), yes, no);
        }
        return choice;
    }

    private static boolean isCheap(Expr x) {
        int[] size = {0};
        new Walker() {
            @Override
            protected void visit(Expr expr) {
                size[0] += expr instanceof Expr.Call ? SIZE : 1;
            }
        }.walk(x);
        return size[0] <= SIZE && !Trees.isDelicate(x);
    }

    /** {@code select(c, 1, 0)} is {@code c}; a condition that tests it is {@code c} again. */
    private static Expr simplify(Expr expr) {
        return switch (expr) {
            case Expr.Select(var c, Const(var type, var a), Const(_, var b))
                    when type.equals(Type.I32) && a == 1 && b == 0 ->
                    new Expr.Cast(Type.I32, c);
            case Expr.Select(var c, Const(var type, var a), Const(_, var b))
                    when type.equals(Type.I32) && a == 0 && b == 1 ->
                    new Expr.Cast(Type.I32, Trees.not(c));
            case Expr.Select(Expr.Unary(var op, var c), var a, var b) when op == UnaryOp.NOT ->
                    Trees.select(c, b, a);
            case Expr.Binary(var op, Expr.Cast(_, var c), Const(_, var zero))
                    when op == BinaryOp.NE && zero == 0 && c.type().equals(Type.BOOL) ->
                    c;
            case Expr.Binary(var op, Expr.Cast(_, var c), Const(_, var zero))
                    when op == BinaryOp.EQ && zero == 0 && c.type().equals(Type.BOOL) ->
                    Trees.not(c);
            default -> expr;
        };
    }

    private List<Stmt> sequence(List<Stmt> body) {
        List<Stmt> result = new ArrayList<>();
        for (Stmt stmt : body) {
            Stmt current = stmt;
            while (!result.isEmpty()) {
                Optional<Stmt> joined = join(result.getLast(), current);
                if (joined.isEmpty()) {
                    break;
                }
                result.removeLast();
                current = joined.get();
            }
            result.add(unlabel(current));
        }
        return result;
    }

    /** {@return one statement for two} */
    private Optional<Stmt> join(Stmt first, Stmt second) {
        if (first instanceof Stmt.Assign(var variable, var value)) {
            return substitute(variable, value, second);
        }
        // if (p) t = a; else t = b; x = t
        if (first instanceof Stmt.If
                && second instanceof Stmt.Assign(var target, Var source)
                && isTemporary(source)
                && endsAssigning(first, source)) {
            return Optional.of(retarget(first, source, target));
        }
        // if (p) jump; if (q) jump
        if (first instanceof Stmt.If(var p, var jump, var no)
                && second instanceof Stmt.If(var q, var again, var otherwise)
                && Regions.isEmpty(no)
                && Regions.isEmpty(otherwise)
                && isSameJump(jump, again)
                && isCheap(q)) {
            return Optional.of(new Stmt.If(Trees.binary(BinaryOp.OR, p, q), jump, no));
        }
        return Optional.empty();
    }

    /** {@return whether each way through {@code stmt} ends by assigning {@code variable}} */
    private static boolean endsAssigning(Stmt stmt, Var variable) {
        return switch (stmt) {
            case Stmt.Assign(var target, _) -> target == variable;
            case Stmt.If(_, var yes, var no) ->
                    endsAssigning(yes, variable) && endsAssigning(no, variable);
            case Stmt.Sequence(var body) ->
                    !body.isEmpty()
                            && endsAssigning(body.getLast(), variable)
                            && body.subList(0, body.size() - 1).stream()
                                    .noneMatch(s -> Regions.assigned(s).contains(variable));
            default -> false;
        };
    }

    private static Stmt retarget(Stmt stmt, Var from, Var to) {
        return new Rewriter() {
            @Override
            protected Var target(Var variable) {
                return variable == from ? to : variable;
            }
        }.rewrite(stmt);
    }

    private static boolean isSameJump(Stmt x, Stmt y) {
        return switch (x) {
            case Stmt.Break(var a) -> y instanceof Stmt.Break(var b) && a == b;
            case Stmt.Continue(var a) -> y instanceof Stmt.Continue(var b) && a == b;
            case Stmt.Return() -> y instanceof Stmt.Return;
            default -> false;
        };
    }

    /** A value that only the next statement reads, once, moves there. */
    private Optional<Stmt> substitute(Var variable, Expr value, Stmt next) {
        if (!isTemporary(variable)) {
            return Optional.empty();
        }
        Renaming renaming = new Renaming(variable, value);
        return switch (next) {
            case Stmt.Assign _, Stmt.Store _, Stmt.Atomic _, Stmt.Check _ -> once(next, renaming);
            case Stmt.If(var condition, var yes, var no) when Trees.reads(condition, variable) ->
                    Optional.of(new Stmt.If(renaming.rewrite(condition), yes, no));
            default -> Optional.empty();
        };
    }

    /** {@return whether the source does not have {@code variable} and one place reads it} */
    private boolean isTemporary(Var variable) {
        return temporaries.contains(variable) && reads.getOrDefault(variable, 0) == 1;
    }

    private static Optional<Stmt> once(Stmt stmt, Renaming renaming) {
        Stmt result = renaming.rewrite(stmt);
        return result == stmt ? Optional.empty() : Optional.of(result);
    }

    /** {@code block l { if (p) break l; s; jump }}, no other break: {@code if (!p) {s; jump}}. */
    private static Stmt unlabel(Stmt stmt) {
        if (!(stmt instanceof Stmt.Labeled(var label, var body))) {
            return stmt;
        }
        List<Stmt> list = Regions.list(body);
        if (list.size() < 2
                || !(list.getFirst() instanceof Stmt.If(var p, var yes, var no))
                || !(yes instanceof Stmt.Break(var target) && target == label)
                || !Regions.isEmpty(no)) {
            return stmt;
        }
        Stmt rest = Regions.sequence(list.subList(1, list.size()));
        return leaves(rest, label) ? stmt : new Stmt.If(Trees.not(p), rest, Stmt.Sequence.EMPTY);
    }

    private static boolean leaves(Stmt stmt, Label label) {
        return Regions.leaves(stmt, label);
    }
}
