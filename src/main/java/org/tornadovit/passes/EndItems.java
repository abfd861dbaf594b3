package org.tornadovit.passes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.UnaryOp;

/**
 * Lets items that have nothing left to do return, so that the barriers of the others stand on the
 * way of all items that are still there.
 *
 * <p>{@code if (i >= n) return; ... barrier ...} arrives from the front end as {@code if (i < n)
 * {... barrier ...}}, a choice that the items of a group make differently. When nothing follows it,
 * the items that do not take it have ended: {@code if (!(i < n)) return; ... barrier ...}. A break
 * behind which no barrier follows is what follows and a return. An item that has ended holds no
 * other one up at a barrier.
 */
public final class EndItems {
    private static final Stmt NOTHING = Stmt.Sequence.EMPTY;

    private final Uniform uniform;
    private final Map<Label, Stmt> ends;
    private boolean changed;

    private EndItems(Uniform uniform, Map<Label, Stmt> ends) {
        this.uniform = uniform;
        this.ends = ends;
    }

    /**
     * {@return a kernel that does the same}
     *
     * @param group items of a group along x, y, z; 0 for an unknown number
     */
    public static Kernel apply(Kernel kernel, List<Long> group) {
        if (kernel.form() != Kernel.Form.WORK_ITEM || !Groups.meet(kernel.body())) {
            return kernel;
        }
        Kernel current = JoinJumps.apply(kernel);
        boolean goesOn = true;
        while (goesOn) { // what is uniform inside a choice shows when the choice is gone
            Map<Label, Stmt> ends = ends(current);
            Uniform uniform = Uniform.of(current, group, ends.keySet());
            EndItems pass = new EndItems(uniform, ends);
            Stmt body = pass.choice(current.body());
            body = pass.changed ? body : pass.breaks(body);
            goesOn = pass.changed;
            current = current.withBody(body);
        }
        return current;
    }

    /** What follows statements with barriers, by their labels, where no barrier follows. */
    private static Map<Label, Stmt> ends(Kernel kernel) {
        Map<Label, Stmt> ends = new HashMap<>();
        end(kernel.body(), NOTHING, ends);
        return ends;
    }

    private static void end(Stmt stmt, Stmt rest, Map<Label, Stmt> ends) {
        switch (stmt) {
            case Stmt.Sequence(var body) -> {
                Stmt after = rest;
                for (Stmt inner : body.reversed()) {
                    end(inner, after, ends);
                    if (Groups.meet(inner)) {
                        return;
                    }
                    after = after == NOTHING ? inner : new Stmt.Sequence(List.of(inner, after));
                }
            }
            case Stmt.If(_, var yes, var no) -> {
                end(yes, rest, ends);
                end(no, rest, ends);
            }
            case Stmt.Labeled(var label, var body) when Groups.meet(body) -> {
                ends.put(label, rest);
                Map<Label, Stmt> inner = new HashMap<>();
                end(body, NOTHING, inner);
                inner.forEach((at, after) -> ends.put(at, then(label, after, rest)));
            }
            case Stmt.Loop(var label, var body) when Groups.meet(body) -> ends.put(label, rest);
            case Stmt.For f when Groups.meet(f.body()) -> ends.put(f.label(), rest);
            default -> {}
        }
    }

    /** What follows inside a label, and then behind it. */
    private static Stmt then(Label label, Stmt inside, Stmt behind) {
        if (inside == NOTHING) {
            return behind;
        }
        Stmt first = new Stmt.Labeled(label, inside);
        return behind == NOTHING ? first : new Stmt.Sequence(List.of(first, behind));
    }

    /** The outermost choice behind which nothing follows and that items make differently. */
    private Stmt choice(Stmt last) {
        return switch (last) {
            case Stmt.Sequence(var body) when !body.isEmpty() -> {
                Stmt before = body.getLast();
                Stmt after = choice(before);
                if (after == before) {
                    yield last;
                }
                List<Stmt> all = new ArrayList<>(body.subList(0, body.size() - 1));
                all.add(after);
                yield new Stmt.Sequence(all);
            }
            case Stmt.Labeled(var label, var body) -> {
                Stmt inner = choice(body);
                yield inner == body ? last : new Stmt.Labeled(label, inner);
            }
            case Stmt.If(var condition, var yes, var no) when !uniform.holds(condition) -> {
                Optional<Stmt> split =
                        Groups.meet(no)
                                ? Groups.meet(yes) ? Optional.empty() : split(condition, yes, no)
                                : Groups.meet(yes)
                                        ? split(not(condition), no, yes)
                                        : Optional.empty();
                changed |= split.isPresent();
                yield split.orElse(last);
            }
            case Stmt.If(var condition, var yes, var no) -> {
                Stmt a = choice(yes);
                Stmt b = choice(no);
                yield a == yes && b == no ? last : new Stmt.If(condition, a, b);
            }
            default -> last;
        };
    }

    private static Optional<Stmt> split(Expr condition, Stmt ending, Stmt rest) {
        Stmt leave = new Stmt.Sequence(List.of(ending, new Stmt.Return()));
        return Optional.of(
                new Stmt.Sequence(List.of(new Stmt.If(condition, leave, NOTHING), rest)));
    }

    private static Expr not(Expr condition) {
        return new Expr.Unary(UnaryOp.NOT, condition);
    }

    /** Breaks that some items take alone, and behind which no barrier follows. */
    private Stmt breaks(Stmt stmt) {
        return new Rewriter() {
            @Override
            protected Stmt visit(Stmt s) {
                if (s instanceof Stmt.Break jump
                        && ends.containsKey(jump.label())
                        && uniform.isAlone(jump)) {
                    changed = true;
                    Stmt rest = Objects.requireNonNull(ends.get(jump.label()));
                    Stmt end = new Stmt.Return();
                    return rest == NOTHING
                            ? end
                            : new Stmt.Sequence(List.of(Relabel.of(rest), end));
                }
                return s;
            }
        }.rewrite(stmt);
    }
}
