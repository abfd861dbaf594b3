package org.tornadovit.passes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Walker;

/**
 * A parallel loop that combines values of its iterations in some elements of arrays.
 *
 * @param before what stands before the loop; it may be repeated
 * @param loop the loop, without parallel loops inside
 * @param terms the elements
 */
record Reduction(List<Stmt> before, Stmt.For loop, List<Term> terms) {
    /**
     * An element that iterations combine values in.
     *
     * @param op ADD (subtractions among them), MUL, MIN or MAX
     */
    record Term(BinaryOp op, Array array, Const index) {
        Type type() {
            return Type.of(array.element());
        }

        /**
         * {@return the value that changes no other: for a sum of floating point -0, as x + -0 = x}
         */
        Const identity() {
            Scalar s = array.element();
            long bits =
                    switch (op) {
                        case ADD ->
                                s == Scalar.F32
                                        ? Float.floatToRawIntBits(-0f)
                                        : s == Scalar.F64 ? Double.doubleToRawLongBits(-0.0) : 0;
                        case MUL ->
                                s == Scalar.F32
                                        ? Float.floatToRawIntBits(1)
                                        : s == Scalar.F64 ? Double.doubleToRawLongBits(1) : 1;
                        case MIN -> extreme(s, 1);
                        case MAX -> extreme(s, -1);
                        default -> throw new IllegalArgumentException(op + " is no reduction");
                    };
            return new Const(type(), bits);
        }

        private static long extreme(Scalar s, int sign) {
            return switch (s) {
                case F32 -> Float.floatToRawIntBits(sign * Float.POSITIVE_INFINITY);
                case F64 -> Double.doubleToRawLongBits(sign * Double.POSITIVE_INFINITY);
                case I32 -> sign > 0 ? Integer.MAX_VALUE : Integer.MIN_VALUE;
                default -> sign > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
            };
        }

        Expr combine(Expr x, Expr y) {
            return new Expr.Binary(op, x, y);
        }

        Expr load(Array from, Expr at) {
            return new Expr.Load(from, at, type(), org.tornadovit.ir.Site.NONE);
        }
    }

    /** {@return the reduction that a kernel with one parallel loop is, if it is one} */
    static Optional<Reduction> of(Kernel kernel) {
        List<Stmt> body =
                kernel.body() instanceof Stmt.Sequence(var list) ? list : List.of(kernel.body());
        if (body.isEmpty()
                || !(body.getLast() instanceof Stmt.For f)
                || f.run().kind() != Run.Kind.PARALLEL
                || !(f.start() instanceof Const)
                || !(f.bound() instanceof Const)
                || !Carried.of(f.body()).isEmpty()) {
            return Optional.empty();
        }
        List<Stmt> before = body.subList(0, body.size() - 1);
        if (!before.stream().allMatch(Nest::isRepeatable)) {
            return Optional.empty();
        }
        Stmt inner = Split.sequential(kernel.withBody(f.body())).body();
        return terms(kernel, inner)
                .map(terms -> new Reduction(before, Split.withBody(f, inner), terms));
    }

    private static Optional<List<Term>> terms(Kernel kernel, Stmt body) {
        Map<Term, Term> terms = new HashMap<>();
        List<Term> order = new ArrayList<>();
        Assignments assignments = Assignments.of(kernel);
        boolean[] fine = {true};
        new Walker() {
            @Override
            protected void visit(Stmt stmt) {
                if (!(stmt instanceof Stmt.Atomic atomic)) {
                    return;
                }
                boolean combines =
                        switch (atomic.op()) {
                            case ADD, SUB, MUL, MIN, MAX -> true;
                            default -> false;
                        };
                if (!combines
                        || !(atomic.index() instanceof Const index)
                        || atomic.array().space() != Space.GLOBAL
                        || assignments.reads(atomic.result()) > 0) {
                    fine[0] = false;
                    return;
                }
                Term term = term(atomic, index);
                if (terms.putIfAbsent(term, term) == null) {
                    order.add(term);
                }
            }
        }.walk(body);
        boolean apart =
                order.stream().map(t -> t.array() + "@" + t.index().bits()).distinct().count()
                        == order.size();
        boolean otherwise = order.stream().anyMatch(t -> isUsedOtherwise(body, t.array()));
        return fine[0] && apart && !otherwise && !order.isEmpty()
                ? Optional.of(order)
                : Optional.empty();
    }

    /** Whether the loop also loads from the array or stores to it. */
    private static boolean isUsedOtherwise(Stmt body, Array array) {
        boolean[] used = {false};
        new Walker() {
            @Override
            protected void visit(Expr e) {
                used[0] |= e instanceof Expr.Load load && load.array() == array;
            }

            @Override
            protected void visit(Stmt s) {
                used[0] |= s instanceof Stmt.Store store && store.array() == array;
            }
        }.walk(body);
        return used[0];
    }

    static Term term(Stmt.Atomic atomic, Const index) {
        BinaryOp op = atomic.op() == BinaryOp.SUB ? BinaryOp.ADD : atomic.op();
        return new Term(op, atomic.array(), index);
    }

    /** Gives the statement that combines a value with a partial result. */
    @FunctionalInterface
    interface Partial {
        /** {@return {@code partial = partial op value}} */
        Stmt combine(int term, BinaryOp op, Expr value);
    }

    /** {@return one iteration that combines its values with partial results} */
    Stmt body(Partial partial) {
        return new Rewriter() {
            @Override
            protected Stmt visit(Stmt stmt) {
                return stmt instanceof Stmt.Atomic atomic && atomic.index() instanceof Const index
                        ? partial.combine(
                                terms.indexOf(term(atomic, index)), atomic.op(), atomic.value())
                        : stmt;
            }
        }.rewrite(loop.body());
    }

    /** {@return the number of iterations} */
    long trips() {
        return Nest.extent(loop);
    }
}
