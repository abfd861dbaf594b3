package org.tornadovit.passes;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * Cuts a kernel into kernels with one parallel loop each, because iterations of a device's grid
 * cannot wait for each other: {@code for(@Parallel i) A; for(@Parallel j) B;} becomes two launches.
 *
 * <p>Assignments and checks that do not depend on memory are repeated where they are needed. A
 * kernel that cannot be cut (a parallel loop inside a sequential one, say, or values that one loop
 * leaves to another) keeps its order: see {@link MapParallel}.
 */
public final class Split {
    private Split() {}

    /** {@return kernels that in this order do what {@code kernel} does; one when it is not cut} */
    public static List<Kernel> apply(Kernel kernel) {
        if (!(kernel.body() instanceof Stmt.Sequence(var body))
                || kernel.form() != Kernel.Form.LOOPS
                || body.stream().noneMatch(Split::isParallel)
                || body.size() < 2
                || returns(kernel.body())) {
            return List.of(kernel);
        }
        List<List<Stmt>> pieces = pieces(body);
        return pieces.stream().anyMatch(piece -> leaks(piece, body))
                ? List.of(kernel)
                : pieces.stream().map(piece -> kernel(kernel, piece)).toList();
    }

    /** The parallel loops, and what stands between them, each behind all that is repeatable. */
    private static List<List<Stmt>> pieces(List<Stmt> body) {
        List<List<Stmt>> pieces = new ArrayList<>();
        List<Stmt> repeated = new ArrayList<>();
        List<Stmt> piece = new ArrayList<>();
        boolean unchecked = false;
        for (Stmt s : body) {
            unchecked |= s instanceof Stmt.Check;
            if (isParallel(s) && piece.stream().anyMatch(Split::isStep)) {
                pieces.add(piece);
                piece = new ArrayList<>(repeated);
            }
            piece.add(s);
            if (isParallel(s)) {
                pieces.add(piece);
                piece = new ArrayList<>(repeated);
                unchecked = false;
            } else if (!isStep(s)) {
                repeated.add(s);
            }
        }
        if (unchecked || piece.stream().anyMatch(Split::isStep)) {
            pieces.add(piece);
        }
        return pieces;
    }

    private static boolean isStep(Stmt stmt) {
        return !Nest.isRepeatable(stmt);
    }

    private static boolean isParallel(Stmt stmt) {
        return stmt instanceof Stmt.For f && f.run().kind() == Run.Kind.PARALLEL;
    }

    private static Kernel kernel(Kernel whole, List<Stmt> piece) {
        Kernel kernel = whole.withBody(new Stmt.Sequence(piece));
        return Forward.apply(kernel); // drops definitions nobody reads
    }

    /** Whether what follows does not always run. */
    private static boolean returns(Stmt body) {
        boolean[] found = {false};
        new Walker() {
            @Override
            protected void visit(Stmt s) {
                found[0] |= s instanceof Stmt.Return;
            }
        }.walk(body);
        return found[0];
    }

    /** Whether what the steps of a piece assign or allocate is used outside of them. */
    private static boolean leaks(List<Stmt> piece, List<Stmt> body) {
        List<Stmt> steps = piece.stream().filter(Split::isStep).toList();
        Stmt inside = new Stmt.Sequence(steps);
        Stmt outside = new Stmt.Sequence(body.stream().filter(s -> !steps.contains(s)).toList());
        Assignments assigned = Assignments.of(inside);
        Set<Array> allocated = new HashSet<>();
        new Walker() {
            @Override
            protected void visit(Stmt s) {
                if (s instanceof Stmt.Allocate(var array, _, _)) {
                    allocated.add(array);
                }
            }
        }.walk(inside);
        boolean[] leaks = {false};
        new Walker() {
            @Override
            protected void visit(Expr expr) {
                leaks[0] |=
                        switch (expr) {
                            case Var v -> assigned.count(v) > 0;
                            case Expr.Load(var array, _, _, _) -> allocated.contains(array);
                            case Expr.Length(var array) -> allocated.contains(array);
                            default -> false;
                        };
            }

            @Override
            protected void visit(Stmt stmt) {
                leaks[0] |= stmt instanceof Stmt.Store s && allocated.contains(s.array());
                leaks[0] |= stmt instanceof Stmt.Atomic a && allocated.contains(a.array());
            }
        }.walk(outside);
        return leaks[0];
    }

    /** {@return the same loop around another body} */
    static Stmt.For withBody(Stmt.For f, Stmt body) {
        return new Stmt.For(f.label(), f.index(), f.start(), f.bound(), f.step(), f.run(), body);
    }

    /** {@return the kernel with every parallel loop made sequential} */
    static Kernel sequential(Kernel kernel) {
        return new Rewriter() {
            @Override
            protected Stmt visit(Stmt stmt) {
                return stmt instanceof Stmt.For f && f.run().kind() == Run.Kind.PARALLEL
                        ? new Stmt.For(
                                f.label(),
                                f.index(),
                                f.start(),
                                f.bound(),
                                f.step(),
                                Run.SEQUENTIAL,
                                f.body())
                        : stmt;
            }
        }.rewrite(kernel);
    }
}
