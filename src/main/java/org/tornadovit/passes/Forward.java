package org.tornadovit.passes;

import java.util.HashMap;
import java.util.Map;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * Puts the definition of a variable where it is read, when the variable is assigned once and its
 * value is a copy, a constant or a linear integer expression of other such variables: {@code int
 * row = i * n; a[row + k]} becomes {@code a[i * n + k]}, so that later passes see affine indices.
 * Assignments that nobody reads any more are removed.
 */
public final class Forward {
    private Forward() {}

    /** {@return an equal kernel} */
    public static Kernel apply(Kernel kernel) {
        Assignments assignments = Assignments.of(kernel);
        Kernel forwarded = kernel.withBody(new Substitution(assignments).rewrite(kernel.body()));
        Kernel before;
        do {
            before = forwarded;
            forwarded = withoutUnread(forwarded);
        } while (forwarded != before);
        return forwarded;
    }

    private static Kernel withoutUnread(Kernel kernel) {
        Assignments assignments = Assignments.of(kernel);
        return new Rewriter() {
            @Override
            protected Stmt visit(Stmt stmt) {
                return stmt instanceof Stmt.Assign(var target, var value)
                                && assignments.reads(target) == 0
                                && Simplify.isPure(value)
                        ? Stmt.Sequence.EMPTY
                        : stmt;
            }
        }.rewrite(kernel);
    }

    /** {@return the number of nodes of a tree} */
    static int size(Expr expr) {
        int[] nodes = {0};
        new Walker() {
            @Override
            protected void visit(Expr e) {
                nodes[0]++;
            }
        }.walk(expr);
        return nodes[0];
    }

    private static final class Substitution extends Rewriter {
        private final Assignments assignments;
        private Map<Var, Expr> known = new HashMap<>();

        Substitution(Assignments assignments) {
            this.assignments = assignments;
        }

        @Override
        protected Expr visit(Expr expr) {
            return expr instanceof Var v ? known.getOrDefault(v, v) : expr;
        }

        @Override
        public Stmt rewrite(Stmt stmt) {
            return switch (stmt) {
                case Stmt.Assign(var target, var value) -> {
                    Expr v = rewrite(value);
                    if (assignments.count(target) == 1
                            && !assignments.isIndex(target)
                            && isLinear(v)
                            && size(v) <= MOST_NODES) {
                        known.put(target, v);
                    }
                    yield v == value ? stmt : new Stmt.Assign(target, v);
                }
                case Stmt.For _, Stmt.Loop _, Stmt.If _, Stmt.Labeled _ -> {
                    Map<Var, Expr> outside = known;
                    known = new HashMap<>(outside); // what is learnt inside is forgotten outside
                    Stmt r = super.rewrite(stmt);
                    known = outside;
                    yield r;
                }
                default -> super.rewrite(stmt);
            };
        }

        /** Chains of definitions that use a variable twice would double at each link. */
        private static final int MOST_NODES = 64;

        private boolean isLinear(Expr expr) {
            return switch (expr) {
                case Const _, Expr.Length _, Expr.WorkItem _ -> true;
                case Var v -> assignments.isStable(v);
                case Expr.Unary(_, var x) -> isIndexType(x.type()) && isLinear(x);
                case Expr.Cast(var type, var x) ->
                        isIndexType(type) && isIndexType(x.type()) && isLinear(x);
                case Expr.Binary(var op, var x, var y) ->
                        isIndexType(x.type())
                                && (op == BinaryOp.ADD || op == BinaryOp.SUB || op == BinaryOp.MUL)
                                && isLinear(x)
                                && isLinear(y);
                default -> false;
            };
        }

        private static boolean isIndexType(Type type) {
            return type.equals(Type.I32) || type.equals(Type.I64);
        }
    }
}
