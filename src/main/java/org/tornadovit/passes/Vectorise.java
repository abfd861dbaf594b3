package org.tornadovit.passes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Function;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.UnaryOp;
import org.tornadovit.ir.Var;

/**
 * Turns statements of one iteration of a loop into statements of {@code lanes} neighbouring
 * iterations at once. Elements keep the order of their own operations, so that nothing changes but
 * the number of iterations in flight.
 */
final class Vectorise {
    private final Var lane;
    private final Expr first;
    private final int lanes;
    private final Target target;
    private final Map<Var, Expr> known = new HashMap<>();
    private List<Stmt> steps = new ArrayList<>();

    /**
     * Prepares the rewriting.
     *
     * @param lane the index of the loop
     * @param first the index of the first of the iterations
     * @param lanes how many iterations; floats in a vector
     * @param target decides whether functions may be approximated
     * @param known variables that have values already, as scalars or as vectors
     */
    Vectorise(Var lane, Expr first, int lanes, Target target, Map<Var, Expr> known) {
        this.lane = lane;
        this.first = first;
        this.lanes = lanes;
        this.target = target;
        this.known.putAll(known);
    }

    /** Thrown and caught inside this class: the statements have no vector form. */
    private static final class NoVectorForm extends RuntimeException {
        private static final NoVectorForm INSTANCE = new NoVectorForm();

        private NoVectorForm() {
            super("no vector form", null, false, false);
        }
    }

    /** {@return the statements for all lanes, or nothing when they have no vector form} */
    Optional<List<Stmt>> statements(List<Stmt> body) {
        try {
            List<Stmt> out = new ArrayList<>();
            for (Stmt s : body) {
                statement(s, out);
            }
            return Optional.of(out);
        } catch (NoVectorForm e) {
            return Optional.empty();
        }
    }

    /** {@return a rewriting that also knows the value of {@code variable}} */
    Vectorise with(Var variable, Expr value) {
        Map<Var, Expr> more = new HashMap<>(known);
        more.put(variable, value);
        return new Vectorise(lane, first, lanes, target, more);
    }

    /** {@return the variable or value that stands for {@code variable} after the statements} */
    Optional<Expr> value(Var variable) {
        return Optional.ofNullable(known.get(variable));
    }

    /** Exact functions as they are; others as polynomials, unless Java's own bits are asked for. */
    private Expr function(Function function, List<Expr> arguments) {
        Expr x = arguments.getFirst();
        VectorFunctions functions = new VectorFunctions(x.type(), steps);
        return switch (function) {
            case ABS, SQRT, FMA -> new Expr.Call(function, arguments);
            case EXP -> approximate(() -> functions.exp(x));
            case TANH -> approximate(() -> functions.tanh(x));
            default -> throw NoVectorForm.INSTANCE;
        };
    }

    private Expr approximate(Supplier<Expr> value) {
        require(target.fusesMultiplyAdd());
        return value.get();
    }

    private void statement(Stmt stmt, List<Stmt> out) {
        steps = out;
        switch (stmt) {
            case Stmt.Assign(var target, var value) -> {
                Expr v = expression(value);
                Var twin = new Var(target.name(), v.type());
                known.put(target, twin);
                out.add(new Stmt.Assign(twin, v));
            }
            case Stmt.Store(var array, var index, var value, var site) -> {
                require(array.element() == Scalar.F32 && !value.type().isVector());
                require(stride(index) == 1);
                Expr v = wide(expression(value), lanes);
                out.add(new Stmt.Store(array, index(index), v, site));
            }
            case Stmt.Sequence(var body) -> body.forEach(s -> statement(s, out));
            default -> throw NoVectorForm.INSTANCE;
        }
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw NoVectorForm.INSTANCE;
        }
    }

    private long stride(Expr index) {
        return Affine.of(index).orElseThrow(() -> NoVectorForm.INSTANCE).coefficient(lane);
    }

    /** Values become vectors where lanes differ; only the index of an access may count lanes. */
    private Expr expression(Expr expr) {
        require(!expr.type().isVector()); // the kernel's own vectors stay as they are
        return switch (expr) {
            case Var v when v == lane -> throw NoVectorForm.INSTANCE; // differs in each lane
            case Var v -> known.getOrDefault(v, v);
            case Const c -> c;
            case Expr.Length l -> l;
            case Expr.Load(var array, var index, var type, var site) -> {
                long stride = stride(index);
                require(stride == 0 || (stride == 1 && array.element() == Scalar.F32));
                Type t = stride == 0 ? type : type.withLanes(lanes);
                yield new Expr.Load(array, index(index), t, site);
            }
            case Expr.Unary(var op, var x) -> {
                Expr a = expression(x);
                require(!a.type().isVector() || op == UnaryOp.NEG || op == UnaryOp.NOT);
                yield new Expr.Unary(op, a);
            }
            case Expr.Binary(var op, var x, var y) -> {
                Expr a = expression(x);
                Expr b = expression(y);
                int n = Math.max(a.type().lanes(), b.type().lanes());
                require(n == 1 || x.type().isFloat() || x.type().equals(Type.BOOL));
                yield new Expr.Binary(op, wide(a, n), wide(b, n));
            }
            case Expr.Select(var condition, var yes, var no) -> {
                Expr c = expression(condition);
                Expr a = expression(yes);
                Expr b = expression(no);
                int n = Math.max(a.type().lanes(), b.type().lanes());
                n = Math.max(n, c.type().lanes());
                require(n == 1 || yes.type().equals(Type.F32));
                yield new Expr.Select(wide(c, n), wide(a, n), wide(b, n));
            }
            case Expr.Call(var function, var arguments) -> {
                List<Expr> a = arguments.stream().map(this::expression).toList();
                int n = a.stream().mapToInt(e -> e.type().lanes()).max().orElse(1);
                List<Expr> all = a.stream().map(e -> wide(e, n)).toList();
                yield n == 1 ? new Expr.Call(function, all) : function(function, all);
            }
            case Expr.Cast(var type, var x) -> {
                Expr a = expression(x);
                require(!a.type().isVector());
                yield new Expr.Cast(type, a);
            }
            case Expr.Bitcast(var type, var x) -> {
                Expr a = expression(x);
                require(!a.type().isVector());
                yield new Expr.Bitcast(type, a);
            }
            case Expr.WorkItem _, Expr.Broadcast _, Expr.Lane _, Expr.Reduce _ ->
                    throw NoVectorForm.INSTANCE;
        };
    }

    /** An index of memory: that of the first lane. */
    private Expr index(Expr expr) {
        return new Rewriter() {
            @Override
            protected Expr visit(Expr e) {
                return switch (e) {
                    case Var v when v == lane -> first;
                    case Var v -> {
                        Expr value = known.getOrDefault(v, v);
                        require(!value.type().isVector());
                        yield value;
                    }
                    default -> e;
                };
            }
        }.rewrite(expr);
    }

    /** {@return {@code x} in {@code lanes} lanes} */
    static Expr wide(Expr x, int lanes) {
        return x.type().lanes() == lanes ? x : new Expr.Broadcast(x.type().withLanes(lanes), x);
    }
}
