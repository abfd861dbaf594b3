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

    private static final long WRAP = 1L << 31;

    /** {@return an equal kernel with more parallel loops} */
    public static Kernel apply(Kernel kernel) {
        if (kernel.form() != Kernel.Form.LOOPS) {
            return kernel;
        }
        Assignments whole = Assignments.of(kernel);
        return kernel.withBody(outermost(kernel.body(), whole));
    }

    private static Stmt outermost(Stmt stmt, Assignments whole) {
        return switch (stmt) {
            case Stmt.Sequence(var body) ->
                    new Stmt.Sequence(body.stream().map(s -> outermost(s, whole)).toList());
            case Stmt.For f when f.run().kind() == Run.Kind.SEQUENTIAL -> {
                Stmt body = outermost(f.body(), whole);
                Stmt.For parallel =
                        new Stmt.For(
                                f.label(),
                                f.index(),
                                f.start(),
                                f.bound(),
                                f.step(),
                                Run.PARALLEL,
                                body);
                yield isIndependent(parallel) && !isReadOutside(parallel, whole) ? parallel : f;
            }
            default -> stmt;
        };
    }

    /** Whether a variable of the last iteration is read behind the loop. */
    private static boolean isReadOutside(Stmt.For loop, Assignments whole) {
        Assignments inside = Assignments.of(loop);
        return inside.assigned().stream().anyMatch(v -> whole.reads(v) > inside.reads(v));
    }

    private static boolean isIndependent(Stmt.For loop) {
        Nest nest = Nest.of(loop);
        if (nest.loops().size() < 2 || !nest.loops().stream().allMatch(Nest::isPlain)) {
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
        if (!known[0]) {
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
     * every loop moves the index. What spans less than the integers stays one to one when it wraps.
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
            if (stride <= span || stride >= WRAP) {
                return false;
            }
            long extent = Objects.requireNonNull(extents.get(term.getKey())); // of equal key sets
            span += stride * (extent - 1);
        }
        return span < WRAP;
    }
}
