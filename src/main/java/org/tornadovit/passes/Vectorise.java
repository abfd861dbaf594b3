package org.tornadovit.passes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Function;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.UnaryOp;
import org.tornadovit.ir.Var;

/**
 * Turns statements of one iteration of a loop into statements of {@code lanes} neighbouring
 * iterations at once. Elements keep the order of their own operations, so that nothing changes but
 * the number of iterations in flight. Loops and branches inside stay what they are where all lanes
 * take the same way.
 */
final class Vectorise {
    private final Var lane;
    private final Expr first;
    private final int lanes;
    private final Target target;
    private final Map<Var, Expr> known = new HashMap<>();

    /** Variables that only a loop or a branch before has given a value: none may read them. */
    private final Set<Var> lost = new HashSet<>();

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
        Vectorise result = new Vectorise(lane, first, lanes, target, more);
        result.lost.addAll(lost);
        return result;
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
                lost.remove(target);
                out.add(new Stmt.Assign(twin, v));
            }
            case Stmt.Store(var array, var index, var value, var site) -> {
                require(array.element() == Scalar.F32 && !value.type().isVector());
                require(stride(index) == 1);
                Expr v = wide(expression(value), lanes);
                out.add(new Stmt.Store(array, index(index), v, site));
            }
            case Stmt.Sequence(var body) -> body.forEach(s -> statement(s, out));
            case Stmt.For f -> loop(f, out);
            case Stmt.If(var condition, var yes, var no) -> {
                Expr c = expression(condition);
                require(!c.type().isVector());
                List<List<Stmt>> parts = joined(List.of(yes, no), Set.of(), out);
                Stmt then = new Stmt.Sequence(parts.getFirst());
                out.add(new Stmt.If(c, then, new Stmt.Sequence(parts.getLast())));
            }
            default -> throw NoVectorForm.INSTANCE;
        }
    }

    /** A loop that all lanes run equally often. */
    private void loop(Stmt.For f, List<Stmt> out) {
        require(f.run().kind() == Run.Kind.SEQUENTIAL);
        Expr start = expression(f.start());
        Expr bound = expression(f.bound());
        require(!start.type().isVector() && !bound.type().isVector());
        require(Assignments.of(f.body()).count(f.index()) == 0);
        Var index = new Var(f.index().name(), f.index().type());
        known.put(f.index(), index);
        Set<Var> carried = Carried.of(f.body());
        List<Stmt> body = joined(List.of(f.body()), carried, out).getFirst();
        known.remove(f.index());
        lost.add(f.index());
        Label label = new Label(f.label().name());
        Stmt all = new Stmt.Sequence(body);
        out.add(new Stmt.For(label, index, start, bound, f.step(), f.run(), all));
    }

    /**
     * Alternatives, or the body of a loop. A variable that they assign and that has a value before
     * gets one home for all ways: a vector if any of them leaves a vector there.
     *
     * @param carried variables whose value before the first statement may be read
     * @param before what has to happen before is appended
     */
    private List<List<Stmt>> joined(List<Stmt> parts, Set<Var> carried, List<Stmt> before) {
        Map<Var, Expr> outside = new HashMap<>(known);
        Set<Var> lostOutside = Set.copyOf(lost);
        Set<Var> assigned = Assignments.of(new Stmt.Sequence(parts)).assigned();
        require(outside.keySet().containsAll(carried));
        Set<Var> wide = new HashSet<>();
        while (true) {
            Map<Var, Var> homes = new LinkedHashMap<>();
            for (Var v : assigned) {
                if (outside.containsKey(v)) {
                    Type type = wide.contains(v) ? v.type().withLanes(lanes) : v.type();
                    Type held = outside.getOrDefault(v, v).type();
                    homes.put(v, new Var(v.name(), held.isVector() ? held : type));
                }
            }
            int settled = wide.size();
            List<List<Stmt>> bodies = new ArrayList<>();
            for (Stmt part : parts) {
                known.clear();
                known.putAll(outside);
                known.putAll(homes);
                lost.clear();
                lost.addAll(lostOutside);
                List<Stmt> body = new ArrayList<>();
                statement(part, body);
                homes.forEach((v, home) -> {
                    Expr last = known.getOrDefault(v, v);
                    if (last.type().lanes() > home.type().lanes()) {
                        wide.add(v);
                    } else if (last != home) {
                        body.add(new Stmt.Assign(home, wide(last, home.type().lanes())));
                    }
                });
                bodies.add(body);
            }
            if (wide.size() == settled) {
                homes.forEach((v, home) -> {
                    Expr start = wide(outside.getOrDefault(v, v), home.type().lanes());
                    before.add(new Stmt.Assign(home, start));
                });
                known.clear();
                known.putAll(outside);
                known.putAll(homes);
                lost.clear();
                lost.addAll(lostOutside);
                assigned.stream().filter(v -> !homes.containsKey(v)).forEach(lost::add);
                return bodies;
            }
        }
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw NoVectorForm.INSTANCE;
        }
    }

    /** How far apart neighbouring lanes lie; what does not depend on the lane may be any value. */
    private long stride(Expr index) {
        if (!Contraction.variables(index).contains(lane)) {
            return 0;
        }
        if (index instanceof Expr.Binary(var op, var x, var y) && op == BinaryOp.ADD) {
            return stride(x) + stride(y);
        }
        return Affine.of(index).orElseThrow(() -> NoVectorForm.INSTANCE).coefficient(lane);
    }

    /** Values become vectors where lanes differ; only the index of an access may count lanes. */
    private Expr expression(Expr expr) {
        require(!expr.type().isVector()); // the kernel's own vectors stay as they are
        return switch (expr) {
            case Var v when v == lane -> throw NoVectorForm.INSTANCE; // differs in each lane
            case Var v -> known(v);
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

    private Expr known(Var variable) {
        require(!lost.contains(variable));
        return known.getOrDefault(variable, variable);
    }

    /** An index of memory: that of the first lane. */
    private Expr index(Expr expr) {
        return new Rewriter() {
            @Override
            protected Expr visit(Expr e) {
                return switch (e) {
                    case Var v when v == lane -> first;
                    case Var v -> {
                        Expr value = known(v);
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
