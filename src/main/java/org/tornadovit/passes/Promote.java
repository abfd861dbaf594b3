package org.tornadovit.passes;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * Makes a sequential loop around parallel loops parallel as well when its iterations provably touch
 * different elements: the loop over images around {@code @Parallel} loops over rows and columns.
 */
public final class Promote {
    private Promote() {}

    /** {@return an equal kernel with more parallel loops} */
    public static Kernel apply(Kernel kernel) {
        return kernel.form() == Kernel.Form.LOOPS
                ? kernel.withBody(outermost(kernel.body()))
                : kernel;
    }

    private static Stmt outermost(Stmt stmt) {
        return switch (stmt) {
            case Stmt.Sequence(var body) ->
                    new Stmt.Sequence(body.stream().map(Promote::outermost).toList());
            case Stmt.For f when f.run().kind() == Run.Kind.SEQUENTIAL -> {
                Stmt.For inner = Split.withBody(f, outermost(f.body()));
                Stmt.For parallel =
                        new Stmt.For(
                                f.label(),
                                f.index(),
                                f.start(),
                                f.bound(),
                                f.step(),
                                Run.PARALLEL,
                                inner.body());
                yield isIndependent(parallel) ? parallel : f;
            }
            default -> stmt;
        };
    }

    private static boolean isIndependent(Stmt.For loop) {
        Nest nest = Nest.of(loop);
        if (nest.loops().size() < 2
                || !nest.loops().stream().allMatch(Nest::isPlain)
                || Simplify.jumps(nest.body()).contains(loop.label())) {
            return false;
        }
        Map<Array, Set<Affine>> stores = new HashMap<>();
        boolean[] known = {true};
        Map<Var, Long> extents = new HashMap<>();
        nest.loops().forEach(f -> extents.put(f.index(), Nest.extent(f)));
        new Walker() {
            @Override
            protected void visit(Stmt s) {
                switch (s) {
                    case Stmt.Store(var array, var index, _, _) -> {
                        Optional<Affine> at = Affine.of(index);
                        known[0] &= at.isPresent();
                        at.ifPresent(
                                a -> stores.computeIfAbsent(array, _ -> new HashSet<>()).add(a));
                    }
                    case Stmt.Atomic _, Stmt.Return _, Stmt.Check _ -> known[0] = false;
                    default -> {}
                }
            }

            @Override
            protected void visit(Expr e) {
                known[0] &= !(e instanceof Expr.WorkItem);
            }
        }.walk(nest.body());
        if (!known[0] || readsBeforeAssigning(nest.body())) {
            return false;
        }
        return stores.values().stream().allMatch(at -> at.size() == 1 && isOneToOne(at, extents))
                && loadsOwnElement(nest.body(), stores);
    }

    /** Each element is loaded by the iteration that stores it, or by none. */
    private static boolean loadsOwnElement(Stmt body, Map<Array, Set<Affine>> stores) {
        boolean[] own = {true};
        new Walker() {
            @Override
            protected void visit(Expr e) {
                if (e instanceof Expr.Load(var array, var index, _, _)
                        && stores.containsKey(array)) {
                    Optional<Affine> at = Affine.of(index);
                    own[0] &= at.isPresent() && stores.get(array).contains(at.get());
                }
            }
        }.walk(body);
        return own[0];
    }

    /**
     * Mixed radix: sorted by stride, each stride is larger than all that the smaller ones span, and
     * every loop moves the index.
     */
    private static boolean isOneToOne(Set<Affine> at, Map<Var, Long> extents) {
        Affine index = at.iterator().next();
        if (!index.terms().keySet().equals(extents.keySet())) {
            return false;
        }
        List<Map.Entry<Var, Long>> strides =
                index.terms().entrySet().stream()
                        .sorted(Comparator.comparingLong(t -> Math.abs(t.getValue())))
                        .toList();
        long span = 0;
        for (Map.Entry<Var, Long> term : strides) {
            long stride = Math.abs(term.getValue());
            if (stride <= span) {
                return false;
            }
            long extent = Objects.requireNonNull(extents.get(term.getKey())); // of equal key sets
            span += stride * (extent - 1);
        }
        return true;
    }

    /** Whether a variable could carry a value from one iteration to the next. */
    private static boolean readsBeforeAssigning(Stmt body) {
        Assignments assignments = Assignments.of(body);
        Set<Var> assigned = new HashSet<>();
        boolean[] carried = {false};
        List<Stmt> steps = body instanceof Stmt.Sequence(var list) ? list : List.of(body);
        for (Stmt step : steps) {
            new Walker() {
                @Override
                protected void visit(Expr e) {
                    carried[0] |=
                            e instanceof Var v
                                    && assignments.count(v) > 0
                                    && !assigned.contains(v)
                                    && !assignments.isIndex(v);
                }

                @Override
                protected void visit(Stmt s) {
                    if (s instanceof Stmt.Assign(var target, _)) {
                        assigned.add(target); // within a step in order; a branch may skip it
                    }
                }
            }.walk(step);
        }
        return carried[0];
    }
}
