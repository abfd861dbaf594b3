package org.tornadovit.ir;

import java.util.Optional;

/** The rules of the types of expressions and of their operands. */
final class Typing {
    private Typing() {}

    /** {@return the rule that {@code expr} breaks; its operands keep theirs} */
    static Optional<String> broken(Expr expr) {
        return switch (expr) {
            case Var _, Const _, Expr.Length _, Expr.WorkItem _, Expr.Load _ -> Optional.empty();
            case Expr.Unary(var op, var x) ->
                    unless(has(op, x.type().scalar()), "operand has a wrong type");
            case Expr.Binary(var op, var x, var y) ->
                    unless(
                            arePair(op, x.type(), y.type()) && has(op, x.type().scalar()),
                            "operands have wrong types");
            case Expr.Select(var condition, var yes, var no) -> {
                Type c = condition.type();
                boolean lanes = c.lanes() == 1 || c.lanes() == yes.type().lanes();
                yield unless(c.scalar() == Scalar.BOOL, "condition is no bool")
                        .or(() -> unless(lanes, "condition has other lanes"))
                        .or(() ->
                                unless(
                                        yes.type().equals(no.type()),
                                        "operands have different types"));
            }
            case Expr.Cast(var type, var x) ->
                    unless(type.lanes() == x.type().lanes(), "lanes differ");
            case Expr.Bitcast(var type, var x) ->
                    unless(type.lanes() == x.type().lanes(), "lanes differ")
                            .or(() ->
                                    unless(
                                            type.scalar().bytes() == x.type().scalar().bytes(),
                                            "sizes differ"));
            case Expr.Call(var function, var arguments) -> {
                boolean same = arguments.stream().allMatch(a -> a.type().equals(expr.type()));
                yield unless(same, "types differ")
                        .or(() ->
                                unless(
                                        has(function, expr.type().scalar()),
                                        "the function is not defined on this type"));
            }
            case Expr.Broadcast(var type, var x) ->
                    unless(x.type().equals(type.withLanes(1)), "no scalar of this type");
            case Expr.Lane(var x, var lane) ->
                    unless(lane >= 0 && lane < x.type().lanes(), "no such lane");
            case Expr.Reduce(var op, var x) ->
                    unless(x.type().isVector(), "no vector")
                            .or(() ->
                                    unless(
                                            combines(op) && has(op, x.type().scalar()),
                                            "no operation that combines lanes"));
        };
    }

    private static Optional<String> unless(boolean holds, String rule) {
        return holds ? Optional.empty() : Optional.of(rule);
    }

    private static boolean has(UnaryOp op, Scalar type) {
        return switch (op) {
            case NEG -> type != Scalar.BOOL;
            case NOT -> type == Scalar.BOOL;
            case COMPLEMENT -> type.isInteger();
        };
    }

    /** {@return whether {@code op} takes operands of {@code type}} */
    static boolean has(BinaryOp op, Scalar type) {
        return switch (op) {
            case ADD, SUB, MUL, DIV, REM, MIN, MAX, LT, LE, GT, GE -> type != Scalar.BOOL;
            case AND, OR, XOR -> !type.isFloat();
            case SHL, SHR, USHR -> type.isInteger();
            case EQ, NE -> true;
        };
    }

    private static boolean has(Function function, Scalar type) {
        return switch (function) {
            case ABS, SIGNUM, FMA -> type != Scalar.BOOL;
            case POPCOUNT, MULHI -> type.isInteger();
            default -> type.isFloat();
        };
    }

    private static boolean arePair(BinaryOp op, Type x, Type y) {
        return op.isShift() ? y.equals(Type.I32) : x.equals(y);
    }

    private static boolean combines(BinaryOp op) {
        return op == BinaryOp.ADD || op == BinaryOp.MUL || op == BinaryOp.MIN || op == BinaryOp.MAX;
    }
}
