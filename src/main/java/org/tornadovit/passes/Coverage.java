package org.tornadovit.passes;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Walker;

/**
 * Whether each iteration i of a loop writes all of its own elements of an array, {@code share * i}
 * to {@code share * (i + 1) - 1}: one store does, under no condition, in loops without jumps.
 */
final class Coverage {
    private final Stmt.For loop;
    private final Footprint footprint;
    private final Assignments assignments;
    private final Set<Label> jumps;

    Coverage(Stmt.For loop, Footprint footprint) {
        this.loop = loop;
        this.footprint = footprint;
        this.assignments = Assignments.of(loop);
        this.jumps = Simplify.jumps(loop.body());
    }

    boolean isFull(Array array, long share) {
        return share > 0 && !returns() && isFull(loop, array, share, List.of());
    }

    private boolean returns() {
        boolean[] found = {false};
        new Walker() {
            @Override
            protected void visit(Stmt s) {
                found[0] |= s instanceof Stmt.Return;
            }
        }.walk(loop.body());
        return found[0];
    }

    private boolean isFull(Stmt stmt, Array array, long share, List<Stmt.For> around) {
        return switch (stmt) {
            case Stmt.Sequence(var body) ->
                    body.stream().anyMatch(s -> isFull(s, array, share, around));
            case Stmt.For f when isPlain(f) && f == loop -> isFull(f.body(), array, share, around);
            case Stmt.For f when isPlain(f) -> isFull(f.body(), array, share, with(around, f));
            case Stmt.Store store when store.array().equals(array) -> covers(store, share, around);
            default -> false;
        };
    }

    private boolean isPlain(Stmt.For f) {
        return Nest.isPlain(f)
                && Nest.extent(f) > 0
                && !jumps.contains(f.label())
                && assignments.isStable(f.index());
    }

    private static List<Stmt.For> with(List<Stmt.For> around, Stmt.For inner) {
        return Stream.concat(around.stream(), Stream.of(inner)).toList();
    }

    /** The index is share * i and a number of the loops around in mixed radix, without a gap. */
    private boolean covers(Stmt.Store store, long share, List<Stmt.For> around) {
        Optional<Affine> sum = Affine.of(footprint.expand(store.index()));
        if (sum.isEmpty() || sum.get().coefficient(loop.index()) != share) {
            return false;
        }
        Affine offset = sum.get().without(loop.index());
        long covered = 1;
        List<Stmt.For> byStride =
                around.stream()
                        .filter(f -> offset.terms().containsKey(f.index()))
                        .sorted(Comparator.comparingLong(f -> offset.coefficient(f.index())))
                        .toList();
        for (Stmt.For f : byStride) {
            if (offset.coefficient(f.index()) != covered) {
                return false;
            }
            covered *= Nest.extent(f);
        }
        return offset.constant() == 0
                && byStride.size() == offset.terms().size()
                && covered == share;
    }
}
