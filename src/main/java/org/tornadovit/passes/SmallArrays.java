package org.tornadovit.passes;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * The private arrays of a kernel that could be variables: a few elements, and each index a constant
 * once the short loops around it are unrolled.
 */
final class SmallArrays {
    /** The most elements of such an array. */
    private static final int ELEMENTS = 16;

    /** The most nodes that an unrolled loop may have. */
    private static final int NODES = 4096;

    private final Map<Array, Integer> lengths = new HashMap<>();
    private final Map<Array, Set<Stmt.For>> loops = new HashMap<>();
    private final Deque<Stmt.For> around = new ArrayDeque<>();
    private final Map<Array, Integer> depths = new HashMap<>();

    private SmallArrays(Kernel kernel) {
        statement(kernel.body());
    }

    static SmallArrays of(Kernel kernel) {
        return new SmallArrays(kernel);
    }

    /** {@return the arrays with their lengths} */
    Map<Array, Integer> lengths() {
        return lengths;
    }

    /** {@return the loops that must be unrolled for the indices to become constant} */
    Set<Stmt.For> loops() {
        Set<Stmt.For> all = new HashSet<>();
        lengths.keySet().forEach(array -> all.addAll(loops.getOrDefault(array, Set.of())));
        return all;
    }

    private void statement(Stmt stmt) {
        switch (stmt) {
            case Stmt.Allocate(var array, Const(_, var length), _)
                    when array.space() == Space.PRIVATE && length >= 0 && length <= ELEMENTS -> {
                lengths.put(array, (int) length);
                depths.put(array, parallel());
            }
            case Stmt.Allocate(_, var length, _) -> expression(length);
            case Stmt.Assign(_, var value) -> expression(value);
            case Stmt.Store(var array, var index, var value, _) -> {
                expression(index);
                expression(value);
                access(array, index);
                if (depths.getOrDefault(array, 0) != parallel()) {
                    lengths.remove(array); // iterations share it
                }
            }
            case Stmt.Atomic(_, var array, var index, var value, _, _) -> {
                expression(index);
                expression(value);
                lengths.remove(array);
            }
            case Stmt.Sequence(var body) -> body.forEach(this::statement);
            case Stmt.Labeled(_, var body) -> statement(body);
            case Stmt.If(var condition, var yes, var no) -> {
                expression(condition);
                statement(yes);
                statement(no);
            }
            case Stmt.For f -> {
                expression(f.start());
                expression(f.bound());
                around.push(f);
                statement(f.body());
                around.pop();
            }
            case Stmt.Loop(_, var body) -> statement(body);
            case Stmt.Check(var condition, _, var value, _) -> {
                expression(condition);
                expression(value);
            }
            case Stmt.Break _, Stmt.Continue _, Stmt.Return _, Stmt.Barrier _ -> {}
        }
    }

    private int parallel() {
        return (int)
                around.stream()
                        .filter(f ->
                                f.run().kind() == Run.Kind.PARALLEL
                                        || f.run().kind() == Run.Kind.GRID)
                        .count();
    }

    private void expression(Expr expr) {
        new Walker() {
            @Override
            protected void visit(Expr e) {
                if (e instanceof Expr.Load load) {
                    if (load.type().isVector()) {
                        lengths.remove(load.array());
                    }
                    access(load.array(), load.index());
                }
            }
        }.walk(expr);
    }

    private void access(Array array, Expr index) {
        if (!lengths.containsKey(array)) {
            return;
        }
        Optional<Set<Stmt.For>> needed = needed(index);
        if (needed.isEmpty()) {
            lengths.remove(array);
        } else {
            loops.computeIfAbsent(array, _ -> new HashSet<>()).addAll(needed.get());
        }
    }

    /** {@return the loops to unroll for {@code index} to become constant, if that is possible} */
    private Optional<Set<Stmt.For>> needed(Expr index) {
        Set<Stmt.For> needed = new HashSet<>();
        List<Expr> others = new ArrayList<>();
        new Walker() {
            @Override
            protected void visit(Expr e) {
                switch (e) {
                    case Const _,
                            Expr.Unary _,
                            Expr.Binary _,
                            Expr.Select _,
                            Expr.Cast _,
                            Expr.Bitcast _ -> {}
                    case Var v ->
                            around.stream()
                                    .filter(f -> f.index() == v && isShort(f))
                                    .findFirst()
                                    .ifPresentOrElse(needed::add, () -> others.add(v));
                    default -> others.add(e);
                }
            }
        }.walk(index);
        return others.isEmpty() ? Optional.of(needed) : Optional.empty();
    }

    private static boolean isShort(Stmt.For f) {
        boolean inOrder =
                f.run().kind() == Run.Kind.SEQUENTIAL || f.run().kind() == Run.Kind.UNROLLED;
        if (!inOrder
                || !(f.start() instanceof Const start)
                || !(f.bound() instanceof Const bound)) {
            return false;
        }
        long trips = Stmt.For.trips(start.bits(), bound.bits(), f.step());
        return trips <= ELEMENTS && trips * size(f.body()) <= NODES;
    }

    private static int size(Stmt stmt) {
        int[] nodes = {0};
        new Walker() {
            @Override
            protected void visit(Expr e) {
                nodes[0]++;
            }

            @Override
            protected void visit(Stmt s) {
                nodes[0]++;
            }
        }.walk(stmt);
        return nodes[0];
    }
}
