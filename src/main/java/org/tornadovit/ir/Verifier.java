package org.tornadovit.ir;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Checks that a kernel keeps the rules written at the nodes: types of operands, jumps to enclosing
 * labels that leave no parallel loop, arrays that exist, variables assigned before they are read on
 * every way, loop indices that nobody else writes.
 */
public final class Verifier {
    private static final Set<BinaryOp> ATOMIC =
            EnumSet.of(
                    BinaryOp.ADD,
                    BinaryOp.SUB,
                    BinaryOp.MUL,
                    BinaryOp.MIN,
                    BinaryOp.MAX,
                    BinaryOp.AND,
                    BinaryOp.OR,
                    BinaryOp.XOR);

    private final Kernel kernel;
    private final Definitions definitions = new Definitions();
    private final Set<Var> indices;
    private final Set<Var> counting = new HashSet<>();
    private final Set<Array> allocated = new HashSet<>();

    /** A statement that jumps can name, and what jumps may do. */
    private record Scope(Label label, boolean isLoop, boolean isParallel) {}

    private final Deque<Scope> scopes = new ArrayDeque<>();

    private Verifier(Kernel kernel) {
        this.kernel = kernel;
        this.indices = indices(kernel);
    }

    private static Set<Var> indices(Kernel kernel) {
        Set<Var> found = new HashSet<>();
        new Walker() {
            @Override
            protected void visit(Stmt stmt) {
                if (stmt instanceof Stmt.For f) {
                    found.add(f.index());
                }
            }
        }.walk(kernel.body());
        return found;
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
                case Param.OfArray(var array) -> verifier.definitions.add(array);
                case Param.OfScalar(var variable) -> verifier.parameter(variable);
                case Param.OfContext _ -> {}
            }
        }
        verifier.statement(kernel.body());
        return kernel;
    }

    private void parameter(Var variable) {
        require(!indices.contains(variable), "a loop counts with a parameter", variable);
        definitions.add(variable);
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
                require(!indices.contains(target), "a loop index is assigned", stmt);
                definitions.add(target);
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
                boolean exists = ATOMIC.contains(op) && Typing.has(op, array.element());
                require(exists, "no atomic operation", stmt);
                require(!indices.contains(result), "a loop index is assigned", stmt);
                definitions.add(result);
            }
            case Stmt.Allocate(var array, var length, _) -> {
                require(type(length).equals(Type.I32), "length is no i32", stmt);
                require(array.space() != Space.GLOBAL, "a global array is allocated", stmt);
                require(allocated.add(array), "an array is allocated in two places", stmt);
                definitions.add(array);
            }
            case Stmt.Sequence(var body) -> body.forEach(this::statement);
            case Stmt.Labeled(var label, var body) -> {
                enter(new Scope(label, false, false), stmt);
                statement(body);
                scopes.pop();
                definitions.end(label);
            }
            case Stmt.If(var condition, var yes, var no) -> {
                require(type(condition).equals(Type.BOOL), "condition is no bool", stmt);
                Optional<Set<Object>> before = definitions.mark();
                statement(yes);
                Optional<Set<Object>> afterYes = definitions.mark();
                definitions.reset(before);
                statement(no);
                definitions.join(afterYes);
            }
            case Stmt.For f -> counted(f);
            case Stmt.Loop(var label, var body) -> {
                enter(new Scope(label, true, false), stmt);
                statement(body);
                scopes.pop();
                definitions.leave();
                definitions.end(label);
            }
            case Stmt.Break(var label) -> {
                jump(label, stmt);
                definitions.leave(label);
            }
            case Stmt.Continue(var label) -> {
                jump(label, stmt);
                definitions.leave();
            }
            case Stmt.Return _ -> {
                boolean inside =
                        scopes.stream().anyMatch(Scope::isParallel)
                                && kernel.form() == Kernel.Form.LOOPS;
                require(!inside, "return from a parallel loop", stmt);
                definitions.leave();
            }
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

    private void enter(Scope scope, Stmt stmt) {
        boolean twice = scopes.stream().anyMatch(s -> s.label() == scope.label());
        require(!twice, "a label encloses itself", stmt);
        scopes.push(scope);
    }

    /** Breaks end the scope they name, continues only those inside of it. */
    private void jump(Label label, Stmt stmt) {
        boolean again = stmt instanceof Stmt.Continue;
        for (Scope scope : scopes) {
            boolean found = scope.label() == label;
            if (found && again) {
                require(scope.isLoop(), "continue of no enclosing loop", stmt);
                return;
            }
            require(!scope.isParallel(), "a jump leaves a parallel loop", stmt);
            if (found) {
                return;
            }
        }
        String rule = again ? "continue of no enclosing loop" : "break leaves no enclosing block";
        require(false, rule, stmt);
    }

    private void counted(Stmt.For f) {
        Type type = f.index().type();
        require(type.equals(Type.I32) || type.equals(Type.I64), "index is no integer", f);
        require(type(f.start()).equals(type), "start has another type", f);
        require(type(f.bound()).equals(type), "bound has another type", f);
        require(f.step() != 0, "step is 0", f);
        require(counting.add(f.index()), "an index counts two nested loops", f);
        boolean parallel =
                switch (f.run().kind()) {
                    case SEQUENTIAL, UNROLLED -> false;
                    case PARALLEL, GRID -> true;
                };
        enter(new Scope(f.label(), true, parallel), f);
        Optional<Set<Object>> before = definitions.mark();
        definitions.add(f.index());
        statement(f.body());
        scopes.pop();
        counting.remove(f.index());
        definitions.end(f.label());
        definitions.reset(before); // it may not run at all
    }

    private void access(Array array, Expr index, Node node) {
        boolean exists = definitions.contains(array);
        require(exists, "array is neither parameter nor allocated", node);
        Type type = type(index);
        require(type.equals(Type.I32) || type.equals(Type.I64), "index is no integer", node);
    }

    /** {@return the type of an expression, after checking it} */
    private Type type(Expr expr) {
        switch (expr) {
            case Var v -> require(definitions.contains(v), "read before it is assigned", v);
            case Const _ -> {}
            case Expr.Length(var array) ->
                    require(definitions.contains(array), "length of no array", expr);
            case Expr.WorkItem(_, var axis) ->
                    require(
                            axis >= 0 && axis < 3 && kernel.form() == Kernel.Form.WORK_ITEM,
                            "no place of a work-item",
                            expr);
            case Expr.Unary(_, var x) -> type(x);
            case Expr.Binary(_, var x, var y) -> {
                type(x);
                type(y);
            }
            case Expr.Select(var condition, var yes, var no) -> {
                type(condition);
                type(yes);
                type(no);
            }
            case Expr.Cast(_, var x) -> type(x);
            case Expr.Bitcast(_, var x) -> type(x);
            case Expr.Load(var array, var index, var type, _) -> {
                access(array, index, expr);
                require(type.scalar() == array.element(), "types differ", expr);
            }
            case Expr.Call(_, var arguments) -> arguments.forEach(this::type);
            case Expr.Broadcast(_, var x) -> type(x);
            case Expr.Lane(var x, _) -> type(x);
            case Expr.Reduce(_, var x) -> type(x);
        }
        Typing.broken(expr).ifPresent(rule -> require(false, rule, expr));
        return expr.type();
    }
}
