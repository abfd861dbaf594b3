package org.tornadovit.passes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/** Which elements of an array each iteration of a loop touches, as far as its indices tell. */
final class Footprint {
    /** Indices whose definitions grow beyond this are not looked at. */
    private static final int MOST_NODES = 500;

    /** What spans less keeps its elements apart even where an {@code i32} sum wraps around. */
    private static final long WRAP = 1L << 31;

    private final Stmt.For loop;
    private final Assignments assignments;
    private final Map<Array, List<Expr>> indices = new HashMap<>();
    private final Map<Var, Expr> definitions = new HashMap<>();
    private final Map<Var, Long> extents = new HashMap<>();
    private Ranges ranges;

    /**
     * Looks at a loop.
     *
     * @param loop a loop from 0 to a constant
     */
    Footprint(Stmt.For loop) {
        this.loop = loop;
        this.assignments = Assignments.of(loop);
        this.ranges = Ranges.nothing(assignments);
        limit(loop);
        new Walker() {
            @Override
            protected void visit(Stmt s) {
                switch (s) {
                    case Stmt.For f -> limit(f);
                    case Stmt.Assign(var target, var value)
                            when assignments.isStable(target) && isIndex(target) ->
                            definitions.put(target, value);
                    case Stmt.Store(var array, var index, _, _) -> note(array, index);
                    default -> {}
                }
            }

            @Override
            protected void visit(Expr e) {
                if (e instanceof Expr.Load(var array, var index, _, _)) {
                    note(array, index);
                }
            }
        }.walk(loop.body());
    }

    private void note(Array array, Expr index) {
        indices.computeIfAbsent(array, _ -> new ArrayList<>()).add(index);
    }

    private static boolean isIndex(Var variable) {
        return variable.type().equals(Type.I32) || variable.type().equals(Type.I64);
    }

    private void limit(Stmt.For f) {
        if (f.start() instanceof Const s && f.bound() instanceof Const e) {
            Interval values =
                    f.step() > 0
                            ? new Interval(s.bits(), e.bits() - 1)
                            : new Interval(e.bits() + 1, s.bits());
            ranges = ranges.with(f.index(), values);
            if (Nest.isPlain(f) && assignments.isStable(f.index())) {
                extents.put(f.index(), Nest.extent(f));
            }
        }
    }

    /** {@return whether no two iterations touch the same element of {@code array}} */
    boolean isApart(Array array) {
        List<Expr> accesses =
                indices.getOrDefault(array, List.of()).stream().map(this::expand).toList();
        return accesses.stream().allMatch(e -> Forward.size(e) <= MOST_NODES)
                && (areBlocks(accesses) || areOneToOne(accesses));
    }

    /**
     * {@return how many elements each iteration i has of its own, when it touches elements {@code
     * share * i} to {@code share * (i + 1) - 1} of {@code array} only; 0 when it does not}
     */
    long share(Array array) {
        List<Expr> accesses =
                indices.getOrDefault(array, List.of()).stream().map(this::expand).toList();
        if (accesses.isEmpty() || !accesses.stream().allMatch(e -> Forward.size(e) <= MOST_NODES)) {
            return 0;
        }
        Optional<Block> block = block(accesses);
        if (block.isEmpty()) {
            return 0;
        }
        long stride = block.get().stride();
        Interval touched = block.get().touched();
        boolean own = touched.low() >= 0 && touched.high() < stride;
        return own && stride < WRAP && stride * Nest.extent(loop) < WRAP ? stride : 0;
    }

    /** The index with the definitions of its variables put in. */
    Expr expand(Expr index) {
        Expr expanded = index;
        for (int depth = 0; depth < definitions.size(); depth++) {
            Expr next =
                    new Rewriter() {
                        @Override
                        protected Expr visit(Expr e) {
                            return e instanceof Var v ? definitions.getOrDefault(v, v) : e;
                        }
                    }.rewrite(expanded);
            if (next == expanded || Forward.size(next) > MOST_NODES) {
                return next;
            }
            expanded = next;
        }
        return expanded;
    }

    /** What iteration i touches: {@code stride * i + touched}. */
    private record Block(long stride, Interval touched) {}

    /** Iteration i touches stride * i + [low, high] only, and that is shorter than the stride. */
    private boolean areBlocks(List<Expr> accesses) {
        Optional<Block> block = block(accesses);
        if (block.isEmpty()) {
            return accesses.isEmpty();
        }
        long stride = Math.abs(block.get().stride());
        Interval touched = block.get().touched();
        boolean limited = touched.low() > -WRAP && touched.high() < WRAP;
        long width = limited ? touched.high() - touched.low() : WRAP;
        return width < stride && stride < WRAP && stride * Nest.extent(loop) < WRAP;
    }

    private Optional<Block> block(List<Expr> accesses) {
        Optional<Interval> block = Optional.empty();
        Set<Long> strides = new HashSet<>();
        for (Expr index : accesses) {
            Map<Var, Expr> opaque = new HashMap<>();
            Optional<Affine> sum = Affine.of(withoutOthers(index, opaque));
            if (sum.isEmpty() || opaque.values().stream().anyMatch(this::counts)) {
                return Optional.empty();
            }
            Ranges known = ranges;
            for (Map.Entry<Var, Expr> part : opaque.entrySet()) {
                known = known.with(part.getKey(), ranges.of(part.getValue()));
            }
            strides.add(sum.get().coefficient(loop.index()));
            Interval offset = known.sum(sum.get().without(loop.index()));
            block = Optional.of(block.map(offset::union).orElse(offset));
        }
        return strides.size() == 1
                ? block.map(touched -> new Block(strides.iterator().next(), touched))
                : Optional.empty();
    }

    private boolean counts(Expr expr) {
        return Contraction.variables(expr).contains(loop.index());
    }

    /** The expression with variables for what is no sum, such as remainders. */
    private static Expr withoutOthers(Expr index, Map<Var, Expr> opaque) {
        return new Rewriter() {
            @Override
            protected Expr visit(Expr e) {
                boolean integer = e.type().equals(Type.I32) || e.type().equals(Type.I64);
                boolean other = integer && isNoSum(e);
                if (!other) {
                    return e;
                }
                Var part = new Var("part", e.type());
                opaque.put(part, restored(e, opaque));
                return part;
            }
        }.rewrite(index);
    }

    private static boolean isNoSum(Expr e) {
        return switch (e) {
            case Var _, Const _ -> false;
            default -> Affine.of(e).isEmpty();
        };
    }

    private static Expr restored(Expr e, Map<Var, Expr> opaque) {
        return new Rewriter() {
            @Override
            protected Expr visit(Expr x) {
                return x instanceof Var v ? opaque.getOrDefault(v, v) : x;
            }
        }.rewrite(e);
    }

    /**
     * All accesses are one sum in which every loop counts, in mixed radix: sorted by stride, each
     * stride is larger than all that the smaller ones span.
     */
    private boolean areOneToOne(List<Expr> accesses) {
        Set<Optional<Affine>> sums = new HashSet<>();
        accesses.forEach(e -> sums.add(Affine.of(e)));
        if (sums.size() != 1 || sums.iterator().next().isEmpty()) {
            return false;
        }
        Affine index = sums.iterator().next().get();
        if (!index.terms().containsKey(loop.index())
                || !extents.keySet().containsAll(index.terms().keySet())) {
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
            span += stride * (extents.getOrDefault(term.getKey(), WRAP) - 1);
        }
        return span < WRAP;
    }
}
