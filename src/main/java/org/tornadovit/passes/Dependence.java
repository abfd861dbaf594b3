package org.tornadovit.passes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;

/**
 * An element that one iteration of a parallel loop writes and another one reads, so that the result
 * depends on which of them is first. Only what the indices prove is found: both accesses are made
 * under no condition but limits of the loops' variables, and their indices are sums.
 *
 * @param write the place of the store
 * @param writer the store's array and index, as in {@code a[i]}
 * @param read the place of the load
 * @param reader the load's array and index, as in {@code a[i - 1]}
 * @param element an element that both touch
 */
public record Dependence(Site write, String writer, Site read, String reader, long element) {
    private static final int MOST_PAIRS = 200;

    /** {@return a dependence of a kernel's loops, if there is one for certain} */
    public static Optional<Dependence> of(Kernel kernel) {
        return kernel.form() == Kernel.Form.LOOPS ? of(kernel.body()) : Optional.empty();
    }

    private static Optional<Dependence> of(Stmt stmt) {
        return switch (stmt) {
            case Stmt.Sequence(var body) -> body.stream().flatMap(s -> of(s).stream()).findFirst();
            case Stmt.For f when f.run().kind() == Run.Kind.PARALLEL -> loop(f);
            default -> Optional.empty();
        };
    }

    private static Optional<Dependence> loop(Stmt.For loop) {
        Nest nest = Nest.of(loop);
        Map<Var, Progression> items = new LinkedHashMap<>();
        for (Stmt.For f : nest.loops()) {
            Optional<Progression> values = Progression.of(f);
            if (values.isEmpty()) {
                return Optional.empty();
            }
            items.put(f.index(), values.get());
        }
        SureAccesses accesses = new SureAccesses(new Footprint(loop), nest.body(), items);
        List<SureAccesses.Access> loads = accesses.loads();
        int pairs = 0;
        for (SureAccesses.Access store : accesses.stores()) {
            for (SureAccesses.Access load : loads) {
                if (store.array() == load.array() && pairs++ < MOST_PAIRS) {
                    Optional<Dependence> found = between(store, load, items.keySet());
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Looks for two iterations, each with its own values of all variables. */
    private static Optional<Dependence> between(
            SureAccesses.Access store, SureAccesses.Access load, Set<Var> items) {
        List<Var> writers = variables(store, items);
        List<Var> readers = variables(load, items);
        List<Meeting.Term> terms = new ArrayList<>();
        writers.forEach(
                v -> terms.add(new Meeting.Term(store.index().coefficient(v), range(store, v))));
        readers.forEach(
                v -> terms.add(new Meeting.Term(-load.index().coefficient(v), range(load, v))));
        if (!store.index().isModest() || !load.index().isModest()) {
            return Optional.empty();
        }
        return Meeting.find(
                        terms,
                        store.index().constant() - load.index().constant(),
                        numbers ->
                                element(store, writers, numbers) >= 0
                                        && areApart(numbers, items.size(), writers.size()))
                .map(numbers ->
                        new Dependence(
                                store.site(),
                                text(store),
                                load.site(),
                                text(load),
                                element(store, writers, numbers)));
    }

    /** The variables of the items first, in the same order for all accesses. */
    private static List<Var> variables(SureAccesses.Access access, Set<Var> items) {
        Set<Var> all = new LinkedHashSet<>(items);
        all.addAll(access.index().terms().keySet());
        return List.copyOf(all);
    }

    private static Progression range(SureAccesses.Access access, Var variable) {
        Progression known = access.variables().get(variable);
        if (known == null) {
            throw new IllegalStateException("no values of " + variable.name());
        }
        return known;
    }

    private static long element(SureAccesses.Access store, List<Var> variables, long[] numbers) {
        long sum = store.index().constant();
        for (int i = 0; i < variables.size(); i++) {
            sum += store.index().coefficient(variables.get(i)) * numbers[i];
        }
        return sum;
    }

    private static boolean areApart(long[] numbers, int items, int writers) {
        for (int i = 0; i < items; i++) {
            if (numbers[i] != numbers[writers + i]) {
                return true;
            }
        }
        return false;
    }

    private static String text(SureAccesses.Access access) {
        StringJoiner sum = new StringJoiner(" + ");
        access.index().terms().forEach((v, c) -> sum.add(c == 1 ? v.name() : c + " * " + v.name()));
        long constant = access.index().constant();
        if (constant > 0 || access.index().terms().isEmpty()) {
            sum.add(Long.toString(constant));
        }
        String minus = constant < 0 && sum.length() > 0 ? " - " + -constant : "";
        return access.array().name() + "[" + sum + minus + "]";
    }

    @Override
    public String toString() {
        return ("%s writes %s and %s reads %s in a @Parallel loop, where one iteration writes"
                        + " element %d that another one reads, so that the result depends on their"
                        + " order; write to another array, or leave out @Parallel")
                .formatted(write, writer, read, reader, element);
    }
}
