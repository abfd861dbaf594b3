package org.tornadovit.passes;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.UnaryOp;
import org.tornadovit.ir.Walker;

/**
 * Lets items that have nothing left to do return, so that the barriers of the others stand on the
 * way of all items that are still there.
 *
 * <p>{@code if (i >= n) return; ... barrier ...} arrives from the front end as {@code if (i < n)
 * {... barrier ...}}, a choice that the items of a group make differently. When nothing follows it,
 * the items that do not take it have ended: {@code if (!(i < n)) return; ... barrier ...}. A break
 * behind which nothing follows is a return, too. An item that has ended holds no other one up at a
 * barrier.
 */
public final class EndItems {
    private static final Stmt NOTHING = Stmt.Sequence.EMPTY;

    private final Uniform uniform;
    private final Set<Label> ends;
    private boolean changed;

    private EndItems(Uniform uniform, Set<Label> ends) {
        this.uniform = uniform;
        this.ends = ends;
    }

    /**
     * {@return a kernel that does the same}
     *
     * @param group items of a group along x, y, z; 0 for an unknown number
     */
    public static Kernel apply(Kernel kernel, List<Long> group) {
        if (kernel.form() != Kernel.Form.WORK_ITEM || !meets(kernel.body())) {
            return kernel;
        }
        Kernel current = kernel;
        boolean goesOn = true;
        while (goesOn) { // what is uniform inside a choice shows when the choice is gone
            Set<Label> ends = ends(current);
            EndItems pass = new EndItems(Uniform.of(current, group, ends), ends);
            Stmt body = pass.choice(current.body());
            body = pass.changed ? body : pass.breaks(body);
            goesOn = pass.changed;
            current = current.withBody(body);
        }
        return current;
    }

    private static boolean meets(Stmt stmt) {
        boolean[] found = {false};
        new Walker() {
            @Override
            protected void visit(Stmt s) {
                found[0] |= s instanceof Stmt.Barrier;
            }
        }.walk(stmt);
        return found[0];
    }

    /** The labels of statements with barriers behind which nothing follows. */
    private static Set<Label> ends(Kernel kernel) {
        Set<Label> ends = new HashSet<>();
        end(kernel.body(), ends);
        return ends;
    }

    private static void end(Stmt last, Set<Label> ends) {
        switch (last) {
            case Stmt.Sequence(var body) when !body.isEmpty() -> end(body.getLast(), ends);
            case Stmt.If(_, var yes, var no) -> {
                end(yes, ends);
                end(no, ends);
            }
            case Stmt.Labeled(var label, var body) when meets(body) -> {
                ends.add(label);
                end(body, ends);
            }
            case Stmt.Loop(var label, var body) when meets(body) -> ends.add(label);
            case Stmt.For f when meets(f.body()) -> ends.add(f.label());
            default -> {}
        }
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
                        meets(no)
                                ? meets(yes) ? Optional.empty() : split(condition, yes, no)
                                : meets(yes) ? split(not(condition), no, yes) : Optional.empty();
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

    /** Breaks that some items take alone, and behind which nothing follows. */
    private Stmt breaks(Stmt stmt) {
        return new Rewriter() {
            @Override
            protected Stmt visit(Stmt s) {
                if (s instanceof Stmt.Break jump
                        && ends.contains(jump.label())
                        && uniform.isAlone(jump)) {
                    changed = true;
                    return new Stmt.Return();
                }
                return s;
            }
        }.rewrite(stmt);
    }
}
