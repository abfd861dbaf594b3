package org.tornadovit.passes;

import java.util.ArrayList;
import java.util.List;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Walker;

/**
 * Cuts a kernel into kernels with one parallel loop each, because iterations of a device's grid
 * cannot wait for each other: {@code for(@Parallel i) A; for(@Parallel j) B;} becomes two launches.
 *
 * <p>Assignments to variables are repeated where they are needed. A kernel that cannot be cut (a
 * parallel loop inside a sequential one, say, with other effects around it) keeps its order: see
 * {@link MapParallel}.
 */
public final class Split {
    private Split() {}

    /** {@return kernels that in this order do what {@code kernel} does; one when it is not cut} */
    public static List<Kernel> apply(Kernel kernel) {
        if (!(kernel.body() instanceof Stmt.Sequence(var body))
                || kernel.form() != Kernel.Form.LOOPS
                || body.stream().filter(Split::isParallel).count() < 1
                || body.size() < 2) {
            return List.of(kernel);
        }
        List<Stmt> definitions = new ArrayList<>();
        List<Kernel> kernels = new ArrayList<>();
        for (Stmt s : body) {
            switch (s) {
                case Stmt.Assign a when Nest.isRepeatable(a) -> definitions.add(a);
                case Stmt.Check _, Stmt.For _ -> {
                    List<Stmt> part = new ArrayList<>(definitions);
                    part.add(s);
                    Kernel piece = kernel.withBody(new Stmt.Sequence(part));
                    kernels.add(Forward.apply(piece)); // drops definitions nobody reads
                }
                default -> {
                    return List.of(kernel);
                }
            }
        }
        boolean independent = kernels.stream().noneMatch(k -> assignsOutside(k, kernels));
        return independent ? kernels : List.of(kernel);
    }

    private static boolean isParallel(Stmt stmt) {
        return stmt instanceof Stmt.For f && f.run().kind() == Run.Kind.PARALLEL;
    }

    /** Whether a variable that one piece changes in its loop is read by another piece. */
    private static boolean assignsOutside(Kernel piece, List<Kernel> all) {
        Assignments own = Assignments.of(loopOf(piece));
        boolean[] leaks = {false};
        for (Kernel other : all) {
            if (other != piece) {
                new Walker() {
                    @Override
                    protected void visit(org.tornadovit.ir.Expr expr) {
                        leaks[0] |= expr instanceof org.tornadovit.ir.Var v && own.count(v) > 0;
                    }
                }.walk(other.body());
            }
        }
        return leaks[0];
    }

    private static Stmt loopOf(Kernel piece) {
        return piece.body() instanceof Stmt.Sequence(var body) ? body.getLast() : piece.body();
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
