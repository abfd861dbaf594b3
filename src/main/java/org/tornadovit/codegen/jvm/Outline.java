package org.tornadovit.codegen.jvm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * Chooses what becomes a method of its own: every innermost loop, and what is around a loop: the
 * bodies of loops and the branches of choices.
 *
 * <p>The just-in-time compiler compiles a method well that is called often; a long loop in a method
 * that is called once it compiles by replacing the running frame, which costs vectors their
 * registers. A method returns one value, so a part that sets several variables for others stays
 * where it is and moves with what is around it. Vectors are not passed: in a call they would become
 * objects.
 */
final class Outline {
    private static final int MOST_SLOTS = 250;

    private final Places places;
    private final Flow whole;
    private final Map<Stmt, Region> regions = new IdentityHashMap<>();

    private Outline(Stmt body, Places places) {
        this.places = places;
        this.whole = Flow.of(body, places);
    }

    /** {@return the parts of {@code body} that become methods} */
    static Map<Stmt, Region> of(Stmt body, Places places) {
        Outline outline = new Outline(body, places);
        outline.plan(body);
        return outline.regions;
    }

    private void plan(Stmt stmt) {
        Parts.of(stmt).forEach(this::plan);
        switch (stmt) {
            case Stmt.For f when Parts.isLoop(f) -> loop(f, f.body(), f.label());
            case Stmt.Loop(var label, var body) -> loop(stmt, body, label);
            case Stmt.If(_, var yes, var no) -> {
                branch(yes);
                branch(no);
            }
            default -> {}
        }
    }

    private void branch(Stmt stmt) {
        if (Parts.hasLoop(stmt)) {
            outline(stmt, "branch", Optional.empty());
        }
    }

    private void loop(Stmt loop, Stmt body, Label label) {
        if (Parts.hasLoop(body)) {
            outline(body, "body", Optional.of(label));
        } else {
            outline(loop, "loop", Optional.empty());
        }
    }

    private void outline(Stmt stmt, String kind, Optional<Label> next) {
        if (regions.containsKey(stmt) || leaves(stmt, next)) {
            return;
        }
        Flow inside = Flow.of(stmt, places);
        Set<Var> exposed = Flow.exposed(stmt, places);
        List<Var> outputs = new ArrayList<>();
        for (Var v : inside.writes()) {
            boolean readElsewhere = whole.reads(v) > inside.reads(v);
            if (readElsewhere || exposed.contains(v)) {
                outputs.add(v);
            }
        }
        Set<Var> inputs = new LinkedHashSet<>(exposed);
        inputs.addAll(outputs); // it may stay as it is
        if (outputs.size() > 1
                || slots(inputs) > MOST_SLOTS
                || inputs.stream().anyMatch(v -> v.type().isVector())) {
            return;
        }
        boolean vectors = hasVectors(stmt);
        String name = (vectors ? "vector" : kind) + regions.size();
        Optional<Var> output = outputs.stream().findFirst();
        regions.put(stmt, new Region(name, stmt, List.copyOf(inputs), output, next, vectors));
    }

    /** Whether there are vectors in what does not become another method. */
    private boolean hasVectors(Stmt stmt) {
        if (regions.containsKey(stmt)) {
            return false;
        }
        boolean[] found = {false};
        Walker walker =
                new Walker() {
                    @Override
                    protected void visit(Expr expr) {
                        found[0] |= expr.type().isVector();
                    }
                };
        switch (stmt) {
            case Stmt.If(var condition, _, _) -> walker.walk(condition);
            case Stmt.For f -> {
                walker.walk(f.start());
                walker.walk(f.bound());
            }
            case Stmt.Sequence _, Stmt.Labeled _, Stmt.Loop _ -> {}
            case Stmt.Assign _,
                    Stmt.Store _,
                    Stmt.Atomic _,
                    Stmt.Allocate _,
                    Stmt.Break _,
                    Stmt.Continue _,
                    Stmt.Return _,
                    Stmt.Barrier _,
                    Stmt.Check _ ->
                    walker.walk(stmt);
        }
        return found[0] || Parts.of(stmt).stream().anyMatch(this::hasVectors);
    }

    private static int slots(Set<Var> variables) {
        return variables.stream().mapToInt(v -> slots(v.type())).sum();
    }

    static int slots(Type type) {
        return switch (type.scalar()) {
            case I64, F64 -> type.isVector() ? 1 : 2;
            case BOOL, I8, I16, U16, I32, F16, BF16, F32 -> 1;
        };
    }

    /** Whether a jump leaves {@code stmt}, other than to the next iteration of its own loop. */
    private static boolean leaves(Stmt stmt, Optional<Label> next) {
        Set<Label> own = new HashSet<>();
        boolean[] leaves = {false};
        Set<Label> targets = new HashSet<>();
        new Walker() {
            @Override
            protected void visit(Stmt s) {
                switch (s) {
                    case Stmt.Labeled(var label, _) -> own.add(label);
                    case Stmt.For f -> own.add(f.label());
                    case Stmt.Loop(var label, _) -> own.add(label);
                    case Stmt.Break(var label) -> targets.add(label);
                    case Stmt.Continue(var label) -> {
                        if (next.isEmpty() || next.get() != label) {
                            targets.add(label);
                        }
                    }
                    case Stmt.Return _ -> leaves[0] = true;
                    default -> {}
                }
            }
        }.walk(stmt);
        return leaves[0] || !own.containsAll(targets);
    }
}
