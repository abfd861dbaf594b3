package org.tornadovit.codegen;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * Where each variable of a kernel is declared in a language with block scopes: in the head of the
 * loops that it is the index of, at the assignment that comes before all its other uses in their
 * common block, or else at the top.
 */
public final class Placement {
    /** A place in a sequence. */
    private record Frame(Stmt.Sequence sequence, int position) {
        boolean isSame(Frame other) {
            return sequence == other.sequence && position == other.position;
        }
    }

    private final Map<Var, List<Frame>> common = new LinkedHashMap<>();
    private final Set<Var> usedOutsideItsLoops = new HashSet<>();
    private final Map<Stmt, Map<Integer, Var>> declarations = new IdentityHashMap<>();
    private final Set<Var> placed = new HashSet<>();

    private final List<Frame> path = new ArrayList<>();
    private final List<Var> openLoops = new ArrayList<>();

    /** Finds the places of a kernel's variables. */
    public Placement(Kernel kernel) {
        visit(kernel.body());
        Set<Var> params = new HashSet<>();
        for (Param param : kernel.params()) {
            if (param instanceof Param.OfScalar(var variable)) {
                params.add(variable);
            }
        }
        placed.addAll(params);
        common.forEach((variable, frames) -> {
            if (!params.contains(variable)) {
                place(variable, frames);
            }
        });
    }

    /** {@return the variables to be declared before everything else, in order of appearance} */
    List<Var> atTop() {
        return common.keySet().stream()
                .filter(v -> !placed.contains(v) && usedOutsideItsLoops.contains(v))
                .toList();
    }

    /** {@return whether a loop declares its index} */
    public boolean declaresIndex(Stmt.For loop) {
        return !usedOutsideItsLoops.contains(loop.index());
    }

    /** {@return whether the assignment at this place declares its target} */
    public boolean declares(Stmt.Sequence sequence, int position) {
        return declarations.getOrDefault(sequence, Map.of()).containsKey(position);
    }

    /** {@return all variables in order of appearance} */
    List<Var> variables() {
        return List.copyOf(common.keySet());
    }

    private void place(Var variable, List<Frame> frames) {
        if (frames.isEmpty() || !usedOutsideItsLoops.contains(variable)) {
            return;
        }
        Frame first = frames.getLast();
        Stmt stmt = first.sequence.body().get(first.position);
        boolean declares =
                assigned(stmt).filter(v -> v == variable).isPresent() && !reads(stmt, variable);
        if (declares) {
            declarations
                    .computeIfAbsent(first.sequence, _ -> new LinkedHashMap<>())
                    .put(first.position, variable);
            placed.add(variable);
        }
    }

    private static Optional<Var> assigned(Stmt stmt) {
        return switch (stmt) {
            case Stmt.Assign(var target, _) -> Optional.of(target);
            case Stmt.Atomic atomic -> Optional.of(atomic.result());
            default -> Optional.empty();
        };
    }

    private static boolean reads(Stmt stmt, Var variable) {
        List<Expr> found = new ArrayList<>();
        new Walker() {
            @Override
            protected void visit(Expr expr) {
                if (expr == variable) {
                    found.add(expr);
                }
            }
        }.walk(stmt);
        return !found.isEmpty();
    }

    private void visit(Stmt stmt) {
        switch (stmt) {
            case Stmt.Sequence sequence -> {
                for (int i = 0; i < sequence.body().size(); i++) {
                    path.add(new Frame(sequence, i));
                    visit(sequence.body().get(i));
                    path.removeLast();
                }
            }
            case Stmt.Labeled(_, var body) -> visit(body);
            case Stmt.Loop(_, var body) -> visit(body);
            case Stmt.If(var condition, var yes, var no) -> {
                use(condition);
                visit(yes);
                visit(no);
            }
            case Stmt.For loop -> {
                use(loop.start());
                use(loop.bound());
                openLoops.add(loop.index());
                use(loop.index());
                visit(loop.body());
                openLoops.removeLast();
            }
            case Stmt.Assign(var target, var value) -> {
                use(value);
                use(target);
            }
            case Stmt.Atomic atomic -> {
                use(atomic.index());
                use(atomic.value());
                use(atomic.result());
            }
            case Stmt.Store(_, var index, var value, _) -> {
                use(index);
                use(value);
            }
            case Stmt.Allocate(_, var length, _) -> use(length);
            case Stmt.Check(var condition, _, var value, _) -> {
                use(condition);
                use(value);
            }
            case Stmt.Break _, Stmt.Continue _, Stmt.Return _, Stmt.Barrier _ -> {}
        }
    }

    private void use(Expr expr) {
        new Walker() {
            @Override
            protected void visit(Expr e) {
                if (e instanceof Var variable) {
                    use(variable);
                }
            }
        }.walk(expr);
    }

    private void use(Var variable) {
        if (!openLoops.contains(variable)) {
            usedOutsideItsLoops.add(variable);
        }
        List<Frame> before = common.get(variable);
        if (before == null) {
            common.put(variable, List.copyOf(path));
            return;
        }
        common.put(variable, commonPlace(before, path));
    }

    /** The path to the earlier of two uses in the innermost sequence that holds both. */
    private static List<Frame> commonPlace(List<Frame> a, List<Frame> b) {
        int shared = 0;
        while (shared < a.size() && shared < b.size() && a.get(shared).isSame(b.get(shared))) {
            shared++;
        }
        boolean sameSequence =
                shared < a.size()
                        && shared < b.size()
                        && a.get(shared).sequence == b.get(shared).sequence;
        // Uses are visited in order, so a's place in the sequence is the earlier one.
        return List.copyOf(a.subList(0, sameSequence ? shared + 1 : shared));
    }
}
