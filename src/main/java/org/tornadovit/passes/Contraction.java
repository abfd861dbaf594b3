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
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Function;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * A sum of products over affine indices, as it stands in a nest of parallel loops: linear layers,
 * attention scores, convolutions.
 *
 * <pre>
 * for every value of {@code parallel}:
 *     prologue; sum = start
 *     for every value of {@code reduction}: sum = sum + row * column
 *     epilogue
 * </pre>
 *
 * @param parallel the loops around, from the outermost
 * @param prologue what happens before the sum, ending with the assignment of its start
 * @param sum the variable that accumulates, {@code f32}
 * @param reduction the loops of the sum, from the outermost
 * @param row the factor that does not depend on {@code lane}
 * @param column the factor that depends on {@code lane}
 * @param fused whether the kernel itself asks for one rounding of product and sum
 * @param lane the parallel loop whose neighbouring iterations store neighbouring elements
 * @param epilogue what happens with the sum
 */
record Contraction(
        List<Stmt.For> parallel,
        List<Stmt> prologue,
        Var sum,
        List<Stmt.For> reduction,
        Expr row,
        Expr column,
        boolean fused,
        Stmt.For lane,
        List<Stmt> epilogue) {
    /** Factors larger than this would be computed again and again. */
    private static final int MOST_NODES = 200;

    /** {@return the contraction that a kernel is, or nothing when it is none} */
    static Optional<Contraction> of(Kernel kernel) {
        Nest nest = Nest.of(kernel.body());
        if (nest.loops().isEmpty()
                || !nest.loops().stream().allMatch(Nest::isPlain)
                || !(nest.body() instanceof Stmt.Sequence(var body))) {
            return Optional.empty();
        }
        int at = 0;
        while (at < body.size() && body.get(at) instanceof Stmt.Assign) {
            at++;
        }
        if (at == body.size() || !(body.get(at) instanceof Stmt.For f)) {
            return Optional.empty();
        }
        List<Stmt.For> reduction = new ArrayList<>();
        List<Stmt> prologue = body.subList(0, at);
        List<Stmt> epilogue = body.subList(at + 1, body.size());
        return innermost(f, reduction)
                .flatMap(Contraction::product)
                .filter(p -> !leaksTerms(nest.body(), f, p.sum()))
                .flatMap(p -> assemble(nest, prologue, reduction, p, epilogue));
    }

    /** Whether a variable of the last term is read outside of the loop over the terms. */
    private static boolean leaksTerms(Stmt body, Stmt.For reduction, Var sum) {
        Assignments whole = Assignments.of(body);
        Assignments inside = Assignments.of(reduction);
        return inside.assigned().stream()
                .anyMatch(v -> v != sum && whole.reads(v) > inside.reads(v));
    }

    /** sum = sum + x * y. */
    private record Product(Var sum, Expr x, Expr y, boolean fused) {}

    private static Optional<Stmt> innermost(Stmt stmt, List<Stmt.For> reduction) {
        if (!(stmt instanceof Stmt.For f)) {
            return Optional.of(stmt);
        }
        boolean plain = Nest.isPlain(f) && f.run().kind() == Run.Kind.SEQUENTIAL;
        if (!plain || Simplify.jumps(f.body()).contains(f.label())) {
            return Optional.empty();
        }
        reduction.add(f);
        return innermost(f.body(), reduction);
    }

    private static Optional<Product> product(Stmt stmt) {
        List<Stmt> body = stmt instanceof Stmt.Sequence(var list) ? list : List.of(stmt);
        Map<Var, Expr> definitions = new HashMap<>();
        Rewriter substitute =
                new Rewriter() {
                    @Override
                    protected Expr visit(Expr e) {
                        return e instanceof Var v ? definitions.getOrDefault(v, v) : e;
                    }
                };
        for (int i = 0; i < body.size(); i++) {
            if (!(body.get(i) instanceof Stmt.Assign(var target, var value))) {
                return Optional.empty();
            }
            Expr v = substitute.rewrite(value);
            if (i == body.size() - 1) {
                return product(target, v);
            }
            if (Forward.size(v) > MOST_NODES) {
                return Optional.empty();
            }
            definitions.put(target, v); // nothing is stored here, so a load may move
        }
        return Optional.empty();
    }

    private static Optional<Product> product(Var sum, Expr value) {
        if (!sum.type().equals(Type.F32)) {
            return Optional.empty();
        }
        return switch (value) {
            case Expr.Binary(var add, Var s, Expr.Binary(var mul, var x, var y))
                    when add == BinaryOp.ADD && mul == BinaryOp.MUL && s == sum ->
                    Optional.of(new Product(sum, x, y, false));
            case Expr.Binary(var add, Expr.Binary(var mul, var x, var y), Var s)
                    when add == BinaryOp.ADD && mul == BinaryOp.MUL && s == sum ->
                    Optional.of(new Product(sum, x, y, false));
            case Expr.Call(var fma, var a) when fma == Function.FMA && a.get(2) == sum ->
                    Optional.of(new Product(sum, a.get(0), a.get(1), true));
            default -> Optional.empty();
        };
    }

    private static Optional<Contraction> assemble(
            Nest nest,
            List<Stmt> prologue,
            List<Stmt.For> reduction,
            Product product,
            List<Stmt> epilogue) {
        Set<Var> counters = new HashSet<>();
        nest.loops().forEach(l -> counters.add(l.index()));
        reduction.forEach(l -> counters.add(l.index()));
        boolean startsOnce = Assignments.of(new Stmt.Sequence(prologue)).count(product.sum()) == 1;
        boolean pure =
                counters.containsAll(variables(product.x()))
                        && counters.containsAll(variables(product.y()));
        if (!startsOnce || !pure || overwritesInputs(product, prologue, epilogue)) {
            return Optional.empty();
        }
        Set<Var> x = variables(product.x());
        Set<Var> y = variables(product.y());
        Optional<Contraction> best = Optional.empty();
        for (Stmt.For lane : nest.loops().reversed()) {
            boolean inX = x.contains(lane.index());
            if (inX == y.contains(lane.index())) {
                continue;
            }
            Expr row = inX ? product.y() : product.x();
            Expr column = inX ? product.x() : product.y();
            Contraction c =
                    new Contraction(
                            nest.loops(),
                            prologue,
                            product.sum(),
                            reduction,
                            row,
                            column,
                            product.fused(),
                            lane,
                            epilogue);
            if (storesNeighbours(epilogue, lane.index())) {
                return Optional.of(c);
            }
            best = best.or(() -> Optional.of(c));
        }
        return best;
    }

    private static boolean storesNeighbours(List<Stmt> epilogue, Var lane) {
        boolean[] neighbours = {true};
        new Walker() {
            @Override
            protected void visit(Stmt s) {
                if (s instanceof Stmt.Store(_, var index, _, _)) {
                    neighbours[0] &=
                            Affine.of(index).map(a -> a.coefficient(lane) == 1).orElse(false);
                }
            }
        }.walk(new Stmt.Sequence(epilogue));
        return neighbours[0];
    }

    /** The factors are read ahead of the stores: no array may be both. */
    private static boolean overwritesInputs(
            Product product, List<Stmt> prologue, List<Stmt> epilogue) {
        Set<Array> read = arrays(product.x());
        read.addAll(arrays(product.y()));
        List<Stmt> around = new ArrayList<>(prologue);
        around.addAll(epilogue);
        boolean[] overwrites = {false};
        new Walker() {
            @Override
            protected void visit(Stmt s) {
                overwrites[0] |=
                        switch (s) {
                            case Stmt.Store(var array, _, _, _) -> read.contains(array);
                            case Stmt.Assign _, Stmt.Sequence _, Stmt.If _ -> false;
                            default -> true; // loops, jumps and atomics stay as they are
                        };
            }
        }.walk(new Stmt.Sequence(around));
        return overwrites[0];
    }

    /** {@return the variables of an expression} */
    static Set<Var> variables(Expr expr) {
        Set<Var> found = new LinkedHashSet<>();
        new Walker() {
            @Override
            protected void visit(Expr e) {
                if (e instanceof Var v) {
                    found.add(v);
                }
            }
        }.walk(expr);
        return found;
    }

    /** {@return the arrays an expression loads from} */
    static Set<Array> arrays(Expr expr) {
        Set<Array> found = new LinkedHashSet<>();
        new Walker() {
            @Override
            protected void visit(Expr e) {
                if (e instanceof Expr.Load(var array, _, _, _)) {
                    found.add(array);
                }
            }
        }.walk(expr);
        return found;
    }
}
