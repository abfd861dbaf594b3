package org.tornadovit.frontend;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Stmt;

/**
 * Removes jumps to where execution goes anyway, labels that no jump names, and dead statements;
 * prefers breaks and continues of loops to those of labeled blocks, and else branches to jumps.
 */
final class Jumps {
    /** A place to jump to, as equal values. */
    private sealed interface Target {
        record After(Label label) implements Target {}

        record Again(Label label) implements Target {}

        record End() implements Target {}
    }

    private static final Set<Target> NOWHERE = Set.of();
    private static final Stmt EMPTY = Stmt.Sequence.EMPTY;

    /** The loops around the current statement, the outermost first. */
    private final List<Label> loops = new ArrayList<>();

    /** For each label, the jumps that lead to the same place as leaving it. */
    private final Map<Label, Set<Target>> follow = new HashMap<>();

    private Jumps() {}

    /** {@return the same kernel body with fewer jumps} */
    static Stmt simplify(Stmt kernel) {
        Stmt before = kernel;
        Stmt after = pass(kernel);
        while (after != before) {
            before = after;
            after = pass(before);
        }
        return after;
    }

    private static Stmt pass(Stmt kernel) {
        List<Stmt> list = new Jumps().tidy(Regions.list(kernel), Set.of(new Target.End()));
        Stmt result = new Stmt.Sequence(list);
        return Regions.same(result, kernel) ? kernel : result;
    }

    /** Tidies statements after which execution reaches all of {@code next}. */
    private List<Stmt> tidy(List<Stmt> list, Set<Target> next) {
        List<Stmt> rest = new ArrayList<>();
        for (Stmt stmt : flatten(list).reversed()) {
            List<Stmt> tidied = one(stmt, rest, rest.isEmpty() ? next : start(rest.getFirst()));
            if (tidied.isEmpty()) {
                continue;
            }
            if (!Regions.completes(tidied.getLast())) {
                rest = new ArrayList<>(tidied);
            } else {
                tidied.addAll(rest);
                rest = tidied;
            }
            rest = absorb(rest, next);
        }
        return rest;
    }

    private static List<Stmt> flatten(List<Stmt> list) {
        List<Stmt> flat = new ArrayList<>();
        for (Stmt stmt : list) {
            if (stmt instanceof Stmt.Sequence(var body)) {
                flat.addAll(flatten(body));
            } else {
                flat.add(stmt);
            }
        }
        return flat;
    }

    /** {@return where execution goes when it reaches {@code stmt} and that is but a jump} */
    private static Set<Target> start(Stmt stmt) {
        return switch (stmt) {
            case Stmt.Break(var label) -> Set.of(new Target.After(label));
            case Stmt.Continue(var label) -> Set.of(new Target.Again(label));
            case Stmt.Return() -> Set.of(new Target.End());
            default -> NOWHERE;
        };
    }

    /**
     * {@code if (c) {a; jump} rest}, where rest ends where the jump leads: {@code if (c) a else
     * rest}.
     */
    private List<Stmt> absorb(List<Stmt> list, Set<Target> next) {
        if (list.size() < 2
                || !(list.getFirst() instanceof Stmt.If(var condition, var yes, var no))
                || !Regions.isEmpty(no)) {
            return list;
        }
        List<Stmt> branch = Regions.list(yes);
        Set<Target> jump = branch.isEmpty() ? NOWHERE : start(branch.getLast());
        if (jump.stream().noneMatch(next::contains)) {
            return list;
        }
        List<Stmt> kept = tidy(branch.subList(0, branch.size() - 1), next);
        Stmt rest = Regions.sequence(list.subList(1, list.size()));
        return new ArrayList<>(
                List.of(
                        kept.isEmpty()
                                ? new Stmt.If(Trees.not(condition), rest, Stmt.Sequence.EMPTY)
                                : new Stmt.If(condition, Regions.sequence(kept), rest)));
    }

    private List<Stmt> one(Stmt stmt, List<Stmt> rest, Set<Target> next) {
        return switch (stmt) {
            case Stmt.Break(var label) -> jump(new Target.After(label), next);
            case Stmt.Continue(var label) -> jump(new Target.Again(label), next);
            case Stmt.Return() -> jump(new Target.End(), next);
            case Stmt.If choice -> choice(choice, next);
            case Stmt.Labeled(var label, var body) -> {
                follow.put(label, next);
                List<Stmt> inner = tidy(Regions.list(body), with(next, new Target.After(label)));
                yield Regions.leaves(Regions.sequence(inner), label)
                        ? one(new Stmt.Labeled(label, Regions.sequence(inner)))
                        : inner;
            }
            case Stmt.Loop(var label, var body) ->
                    one(new Stmt.Loop(label, loop(label, body, next)));
            case Stmt.For(
                            var label,
                            var index,
                            var start,
                            var bound,
                            var step,
                            var run,
                            var body) ->
                    one(
                            new Stmt.For(
                                    label,
                                    index,
                                    start,
                                    bound,
                                    step,
                                    run,
                                    loop(label, body, next)));
            case Stmt.Sequence(var body) -> tidy(body, rest.isEmpty() ? next : NOWHERE);
            case Stmt.Assign _,
                    Stmt.Store _,
                    Stmt.Atomic _,
                    Stmt.Allocate _,
                    Stmt.Barrier _,
                    Stmt.Check _ ->
                    one(stmt);
        };
    }

    private static List<Stmt> one(Stmt stmt) {
        return new ArrayList<>(List.of(stmt));
    }

    private static Set<Target> with(Set<Target> targets, Target more) {
        Set<Target> all = new HashSet<>(targets);
        all.add(more);
        return all;
    }

    private Stmt loop(Label label, Stmt body, Set<Target> next) {
        follow.put(label, next);
        loops.add(label);
        List<Stmt> inner = tidy(Regions.list(body), Set.of(new Target.Again(label)));
        loops.removeLast();
        return Regions.sequence(inner);
    }

    private List<Stmt> choice(Stmt.If choice, Set<Target> next) {
        if (choice.condition() instanceof Const c) {
            return tidy(Regions.list(c.bits() != 0 ? choice.yes() : choice.no()), next);
        }
        List<Stmt> yes = tidy(Regions.list(choice.yes()), next);
        List<Stmt> no = tidy(Regions.list(choice.no()), next);
        if (yes.isEmpty() && no.isEmpty()) {
            return new ArrayList<>(); // conditions have no effect
        }
        if (yes.isEmpty()) {
            return one(new Stmt.If(Trees.not(choice.condition()), Regions.sequence(no), EMPTY));
        }
        boolean yesLeaves = !Regions.completes(yes.getLast());
        boolean noLeaves = !no.isEmpty() && !Regions.completes(no.getLast());
        if (noLeaves && (!yesLeaves || no.size() < yes.size())) {
            List<Stmt> result =
                    one(new Stmt.If(Trees.not(choice.condition()), Regions.sequence(no), EMPTY));
            result.addAll(yes);
            return result;
        }
        if (yesLeaves && !no.isEmpty()) {
            List<Stmt> result = one(new Stmt.If(choice.condition(), Regions.sequence(yes), EMPTY));
            result.addAll(no);
            return result;
        }
        return one(new Stmt.If(choice.condition(), Regions.sequence(yes), Regions.sequence(no)));
    }

    /**
     * {@return the best jump to {@code target}: none, of a loop around, or to the outermost label}
     */
    private List<Stmt> jump(Target target, Set<Target> next) {
        Set<Target> same = equal(target);
        if (same.stream().anyMatch(next::contains)) {
            return new ArrayList<>();
        }
        for (Label loop : loops.reversed()) {
            if (same.contains(new Target.After(loop))
                    || requireNonNull(follow.get(loop)).stream().anyMatch(same::contains)) {
                return one(new Stmt.Break(loop));
            }
            if (same.contains(new Target.Again(loop))) {
                return one(new Stmt.Continue(loop));
            }
        }
        return one(
                switch (target) {
                    case Target.After(var label) ->
                            same.contains(new Target.End())
                                    ? new Stmt.Return()
                                    : new Stmt.Break(label);
                    case Target.Again(var label) -> new Stmt.Continue(label);
                    case Target.End() -> new Stmt.Return();
                });
    }

    /** {@return all jumps to the same place} */
    private Set<Target> equal(Target target) {
        Set<Target> same = new HashSet<>(Set.of(target));
        if (target instanceof Target.After(var label)) {
            for (Target t : follow.getOrDefault(label, NOWHERE)) {
                same.addAll(equal(t));
            }
        }
        return same;
    }
}
