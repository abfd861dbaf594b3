package org.tornadovit.ir;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Checks that a kernel keeps the rules written at the nodes: types of operands, jumps to enclosing
 * labels, arrays that exist, variables assigned before they are read, loop indices that nobody else
 * writes.
 */
public final class Verifier {
    private final Kernel kernel;
    private final Set<Array> arrays = new HashSet<>();
    private final Map<Var, Integer> counting = new HashMap<>();
    private final Deque<Label> blocks = new ArrayDeque<>();
    private final Deque<Label> loops = new ArrayDeque<>();
    private Set<Var> assigned = new HashSet<>();

    private Verifier(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * Checks a kernel.
     *
     * @return the kernel itself
     * @throws MalformedKernelException naming the broken rule and the node
     */
    public static Kernel verify(Kernel kernel) {
        Verifier verifier = new Verifier(kernel);
        for (Param param : kernel.params()) {
            switch (param) {
                case Param.OfArray(var array) -> verifier.arrays.add(array);
                case Param.OfScalar(var variable) -> verifier.assigned.add(variable);
                case Param.OfContext _ -> {}
            }
        }
        verifier.statement(kernel.body());
        return kernel;
    }

    private void require(boolean condition, String rule, Node node) {
        if (!condition) {
            String text =
                    switch (node) {
                        case Expr e -> Printer.print(e);
                        case Stmt s -> Printer.print(s).strip();
                    };
            throw new MalformedKernelException(kernel.name() + ": " + rule + ": " + text);
        }
    }

    private void statement(Stmt stmt) {
        switch (stmt) {
            case Stmt.Assign(var target, var value) -> {
                require(type(value).equals(target.type()), "types differ", stmt);
                require(!counting.containsKey(target), "a loop index is assigned", stmt);
                assigned.add(target);
            }
            case Stmt.Store(var array, var index, var value, _) -> {
                access(array, index, stmt);
                require(type(value).scalar() == array.element(), "types differ", stmt);
            }
            case Stmt.Atomic(var op, var array, var index, var value, var result, _) -> {
                access(array, index, stmt);
                Type element = Type.of(array.element());
                require(type(value).equals(element), "types differ", stmt);
                require(result.type().equals(element), "types differ", stmt);
                require(!op.isComparison() && !op.isShift(), "no atomic operation", stmt);
                assigned.add(result);
            }
            case Stmt.Allocate(var array, var length, _) -> {
                require(type(length).equals(Type.I32), "length is no i32", stmt);
                require(array.space() != Space.GLOBAL, "a global array is allocated", stmt);
                arrays.add(array);
            }
            case Stmt.Sequence(var body) -> body.forEach(this::statement);
            case Stmt.Labeled(var label, var body) -> {
                require(!blocks.contains(label), "a label encloses itself", stmt);
                blocks.push(label);
                statement(body);
                blocks.pop();
            }
            case Stmt.If(var condition, var yes, var no) -> {
                require(type(condition).equals(Type.BOOL), "condition is no bool", stmt);
                Set<Var> before = new HashSet<>(assigned);
                statement(yes);
                Set<Var> afterYes = assigned;
                assigned = before;
                statement(no);
                assigned = join(yes, afterYes, no, assigned);
            }
            case Stmt.For f -> counted(f);
            case Stmt.Loop(var label, var body) -> {
                require(!blocks.contains(label), "a label encloses itself", stmt);
                blocks.push(label);
                loops.push(label);
                statement(body);
                loops.pop();
                blocks.pop();
            }
            case Stmt.Break(var label) ->
                    require(blocks.contains(label), "break leaves no enclosing block", stmt);
            case Stmt.Continue(var label) ->
                    require(loops.contains(label), "continue of no enclosing loop", stmt);
            case Stmt.Return _ -> {}
            case Stmt.Barrier _ ->
                    require(
                            kernel.form() == Kernel.Form.WORK_ITEM,
                            "a barrier outside a work-item kernel",
                            stmt);
            case Stmt.Check(var condition, _, var value, _) -> {
                require(type(condition).equals(Type.BOOL), "condition is no bool", stmt);
                require(type(value).equals(Type.I32), "value is no i32", stmt);
            }
        }
    }

    private static Set<Var> join(Stmt yes, Set<Var> afterYes, Stmt no, Set<Var> afterNo) {
        if (leaves(yes)) {
            return afterNo;
        }
        if (!leaves(no)) {
            afterYes.retainAll(afterNo);
        }
        return afterYes;
    }

    private static boolean leaves(Stmt stmt) {
        return switch (stmt) {
            case Stmt.Return _, Stmt.Break _, Stmt.Continue _ -> true;
            case Stmt.Sequence(var body) -> !body.isEmpty() && leaves(body.getLast());
            case Stmt.If(_, var yes, var no) -> leaves(yes) && leaves(no);
            default -> false;
        };
    }

    private void counted(Stmt.For f) {
        Type type = f.index().type();
        require(type.equals(Type.I32) || type.equals(Type.I64), "index is no integer", f);
        require(type(f.start()).equals(type), "start has another type", f);
        require(type(f.bound()).equals(type), "bound has another type", f);
        require(f.step() != 0, "step is 0", f);
        require(!blocks.contains(f.label()), "a label encloses itself", f);
        require(!counting.containsKey(f.index()), "an index counts two nested loops", f);
        Set<Var> before = new HashSet<>(assigned);
        assigned.add(f.index());
        counting.put(f.index(), 1);
        blocks.push(f.label());
        loops.push(f.label());
        statement(f.body());
        loops.pop();
        blocks.pop();
        counting.remove(f.index());
        assigned = before;
    }

    private void access(Array array, Expr index, Node node) {
        require(arrays.contains(array), "array is neither parameter nor allocated", node);
        Type type = type(index);
        require(type.equals(Type.I32) || type.equals(Type.I64), "index is no integer", node);
    }

    /** {@return the type of an expression, after checking it} */
    private Type type(Expr expr) {
        switch (expr) {
            case Var v -> require(assigned.contains(v), "read before it is assigned", v);
            case Const _ -> {}
            case Expr.Length(var array) ->
                    require(arrays.contains(array), "length of no array", expr);
            case Expr.WorkItem(_, var axis) ->
                    require(
                            axis >= 0 && axis < 3 && kernel.form() == Kernel.Form.WORK_ITEM,
                            "no place of a work-item",
                            expr);
            case Expr.Unary(var op, var x) -> {
                boolean bool = type(x).scalar() == Scalar.BOOL;
                require(bool == (op == UnaryOp.NOT), "operand has a wrong type", expr);
                boolean integer = x.type().scalar().isInteger();
                require(op != UnaryOp.COMPLEMENT || integer, "operand is no integer", expr);
            }
            case Expr.Binary(var op, var x, var y) -> {
                boolean equal =
                        op.isShift()
                                ? type(x).scalar().isInteger() & type(y).equals(Type.I32)
                                : type(x).equals(type(y));
                require(equal, "operands have wrong types", expr);
            }
            case Expr.Select(var condition, var yes, var no) -> {
                Type c = type(condition);
                require(c.scalar() == Scalar.BOOL, "condition is no bool", expr);
                require(type(yes).equals(type(no)), "operands have different types", expr);
                boolean lanes = c.lanes() == 1 || c.lanes() == yes.type().lanes();
                require(lanes, "condition has other lanes", expr);
            }
            case Expr.Cast(var type, var x) ->
                    require(type(x).lanes() == type.lanes(), "lanes differ", expr);
            case Expr.Bitcast(var type, var x) ->
                    require(
                            type(x).scalar().bytes() == type.scalar().bytes(),
                            "sizes differ",
                            expr);
            case Expr.Load(var array, var index, var type, _) -> {
                access(array, index, expr);
                require(type.scalar() == array.element(), "types differ", expr);
            }
            case Expr.Call(_, var arguments) ->
                    arguments.forEach(
                            a -> require(type(a).equals(expr.type()), "types differ", expr));
            case Expr.Broadcast(var type, var x) ->
                    require(type(x).equals(type.withLanes(1)), "no scalar of this type", expr);
            case Expr.Lane(var x, var lane) ->
                    require(lane >= 0 && lane < type(x).lanes(), "no such lane", expr);
            case Expr.Reduce(_, var x) -> require(type(x).isVector(), "no vector", expr);
        }
        return expr.type();
    }
}
