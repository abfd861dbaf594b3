package org.tornadovit.passes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Stmt;

/**
 * Moves a jump that all ways through a choice end with behind the choice, where no barrier is on
 * these ways: {@code if (c) {A; continue l}; B; continue l} becomes {@code if (c) {A} else {B};
 * continue l}. The front end arrives at the former from {@code default: if (!c) {B}} of a switch,
 * and the items of a group seem to go different ways where they do not.
 */
final class JoinJumps {
    private JoinJumps() {}

    /** {@return a kernel that does the same} */
    static Kernel apply(Kernel kernel) {
        return new Rewriter() {
            @Override
            protected Stmt visit(Stmt stmt) {
                return switch (stmt) {
                    case Stmt.If choice -> joined(choice);
                    case Stmt.Sequence sequence -> joined(sequence);
                    default -> stmt;
                };
            }
        }.rewrite(kernel);
    }

    private static Stmt joined(Stmt.If choice) {
        Optional<Stmt> jump = jump(choice.yes());
        return jump.isPresent()
                        && isSame(jump, jump(choice.no()))
                        && !Groups.meet(choice.yes())
                        && !Groups.meet(choice.no())
                ? new Stmt.Sequence(
                        List.of(
                                new Stmt.If(
                                        choice.condition(),
                                        without(choice.yes()),
                                        without(choice.no())),
                                jump.get()))
                : choice;
    }

    private static Stmt joined(Stmt.Sequence sequence) {
        Optional<Stmt> jump = jump(sequence);
        if (jump.isEmpty()) {
            return sequence;
        }
        List<Stmt> all = new ArrayList<>(sequence.body());
        all.add(without(all.removeLast()));
        boolean changed = false;
        for (int i = all.size() - 2; i >= 0; i--) {
            List<Stmt> rest = all.subList(i + 1, all.size());
            if (!(all.get(i) instanceof Stmt.If(var condition, var yes, var no))
                    || Groups.meet(all.get(i))
                    || rest.stream().anyMatch(Groups::meet)) {
                continue;
            }
            boolean first = isSame(jump, jump(yes)) && goesOn(no);
            boolean second = isSame(jump, jump(no)) && goesOn(yes);
            if (first || second) {
                Stmt merged =
                        first
                                ? new Stmt.If(condition, without(yes), then(no, rest))
                                : new Stmt.If(condition, then(yes, rest), without(no));
                rest.clear();
                all.set(i, merged);
                changed = true;
            }
        }
        if (!changed) {
            return sequence;
        }
        all.add(jump.get());
        return new Stmt.Sequence(all);
    }

    private static Stmt then(Stmt first, List<Stmt> rest) {
        List<Stmt> all = new ArrayList<>(List.of(first));
        all.addAll(rest);
        return new Stmt.Sequence(all);
    }

    /** {@return the break or continue that ends a statement} */
    private static Optional<Stmt> jump(Stmt stmt) {
        return switch (stmt) {
            case Stmt.Break _, Stmt.Continue _ -> Optional.of(stmt);
            case Stmt.Sequence(var body) when !body.isEmpty() -> jump(body.getLast());
            default -> Optional.empty();
        };
    }

    private static boolean isSame(Optional<Stmt> a, Optional<Stmt> b) {
        return a.isPresent()
                && b.isPresent()
                && switch (a.get()) {
                    case Stmt.Break(var label) ->
                            b.get() instanceof Stmt.Break(var other) && label == other;
                    case Stmt.Continue(var label) ->
                            b.get() instanceof Stmt.Continue(var other) && label == other;
                    default -> false;
                };
    }

    /** Whether what follows a statement may be reached from its end. */
    private static boolean goesOn(Stmt stmt) {
        return switch (stmt) {
            case Stmt.Break _, Stmt.Continue _, Stmt.Return _ -> false;
            case Stmt.Sequence(var body) -> body.isEmpty() || goesOn(body.getLast());
            default -> true;
        };
    }

    /** {@return a statement without the jump that ends it} */
    private static Stmt without(Stmt stmt) {
        if (!(stmt instanceof Stmt.Sequence(var body))) {
            return Stmt.Sequence.EMPTY;
        }
        List<Stmt> all = new ArrayList<>(body);
        all.set(all.size() - 1, without(all.getLast()));
        return new Stmt.Sequence(all);
    }
}
