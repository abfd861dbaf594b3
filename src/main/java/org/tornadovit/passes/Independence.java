package org.tornadovit.passes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * Proves that no iteration of a loop touches what another one writes. What the user says of the
 * loop is no proof.
 *
 * <p>Arrays of different parameters are different memory.
 */
public final class Independence {
    private final Stmt.For loop;
    private final Map<Array, List<Expr>> accesses = new HashMap<>();
    private final Set<Array> stored = new LinkedHashSet<>();
    private final Set<Array> own = new HashSet<>();
    private final Set<Var> inside = new HashSet<>();
    private boolean plain = true;
    private boolean ends;

    private Independence(Stmt.For loop) {
        this.loop = loop;
        inside.add(loop.index());
        new Walker() {
            @Override
            protected void visit(Expr e) {
                if (e instanceof Expr.Load(var array, var index, _, _)) {
                    plain &= !e.type().isVector();
                    note(array, index);
                }
            }

            @Override
            protected void visit(Stmt s) {
                switch (s) {
                    case Stmt.Assign(var target, _) -> inside.add(target);
                    case Stmt.For f -> inside.add(f.index());
                    case Stmt.Store(var array, var index, var value, _) -> {
                        plain &= !value.type().isVector();
                        stored.add(array);
                        note(array, index);
                    }
                    case Stmt.Allocate(var array, _, _) -> own.add(array);
                    case Stmt.Atomic _, Stmt.Barrier _ -> plain = false;
                    case Stmt.Check _, Stmt.Return _ -> ends = true;
                    case Stmt.Sequence _,
                            Stmt.Labeled _,
                            Stmt.If _,
                            Stmt.Loop _,
                            Stmt.Break _,
                            Stmt.Continue _ -> {}
                }
            }
        }.walk(loop.body());
    }

    private void note(Array array, Expr index) {
        accesses.computeIfAbsent(array, _ -> new ArrayList<>()).add(index);
    }

    /**
     * {@return whether any order and any overlap of a loop's iterations gives the same}
     *
     * <p>It does for a loop that counts from 0 to a constant and is left at its end only, when no
     * variable carries a value from one iteration to the next and all arrays it stores to are
     * {@link #apart}.
     */
    static boolean holds(Stmt.For loop) {
        if (!Nest.isPlain(loop) || !staysInside(loop) || !Carried.of(loop.body()).isEmpty()) {
            return false;
        }
        Independence independence = new Independence(loop);
        return !independence.ends && independence.apart().containsAll(independence.shared());
    }

    /**
     * {@return the arrays that a loop stores to, and of which no iteration touches an element that
     * another one writes; such as live within an iteration are none of them}
     */
    public static Set<Array> apart(Stmt.For loop) {
        return Nest.isPlain(loop) ? new Independence(loop).apart() : Set.of();
    }

    /** Whether no jump of the body leaves the loop; one may start the next iteration. */
    private static boolean staysInside(Stmt.For loop) {
        Set<Label> known = new HashSet<>();
        boolean[] stays = {true};
        new Walker() {
            @Override
            protected void visit(Stmt s) {
                switch (s) {
                    case Stmt.For f -> known.add(f.label());
                    case Stmt.Loop l -> known.add(l.label());
                    case Stmt.Labeled l -> known.add(l.label());
                    default -> {}
                }
            }
        }.walk(loop.body());
        new Walker() {
            @Override
            protected void visit(Stmt s) {
                switch (s) {
                    case Stmt.Break(var label) -> stays[0] &= known.contains(label);
                    case Stmt.Continue(var label) ->
                            stays[0] &= known.contains(label) || label == loop.label();
                    default -> {}
                }
            }
        }.walk(loop.body());
        return stays[0];
    }

    private Set<Array> shared() {
        Set<Array> shared = new LinkedHashSet<>(stored);
        shared.removeAll(own);
        return shared;
    }

    private Set<Array> apart() {
        if (!plain) {
            return Set.of();
        }
        Set<Array> apart = shared();
        Footprint whole = new Footprint(loop);
        Footprint moved = new Footprint((Stmt.For) withoutBase(loop));
        apart.removeIf(array -> !hasOneBase(array, whole) || !moved.isApart(array));
        return apart;
    }

    /** Whether all indices add the same of what does not change in the loop. */
    private boolean hasOneBase(Array array, Footprint whole) {
        Set<Optional<Map<Var, Long>>> bases = new HashSet<>();
        for (Expr index : accesses.getOrDefault(array, List.of())) {
            bases.add(Affine.of(whole.expand(index)).map(this::base));
        }
        return bases.size() == 1 && bases.iterator().next().isPresent();
    }

    private Map<Var, Long> base(Affine index) {
        Map<Var, Long> base = new HashMap<>(index.terms());
        base.keySet().removeAll(inside);
        return base;
    }

    /** The loop with 0 for what does not change in it: it moves all elements alike. */
    private Stmt withoutBase(Stmt.For f) {
        return new Rewriter() {
            @Override
            protected Expr visit(Expr e) {
                return e instanceof Var v
                                && !inside.contains(v)
                                && v.type().scalar().isInteger()
                                && !v.type().isVector()
                        ? new Const(v.type(), 0)
                        : e;
            }
        }.rewrite(f);
    }
}
