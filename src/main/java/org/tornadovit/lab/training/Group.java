package org.tornadovit.lab.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tornadovit.lab.statistics.Mean;
import org.tornadovit.lab.statistics.ParetoFront;
import org.tornadovit.lab.statistics.Resampling;

/**
 * The whole runs of one variant on the same images that differ in their seeds.
 *
 * @param variant as tables call it
 * @param images number of images learned from, as the task says it
 * @param results one a seed, at least one
 */
record Group(String variant, int images, List<TrialResult> results) {
    private static final double LEVEL = 0.95;

    /** {@return the groups of the runs that ended as they should, in the order of the runs} */
    static List<Group> of(List<TrialResult> results) {
        Map<String, List<TrialResult>> byName = new LinkedHashMap<>();
        for (TrialResult result : results) {
            if (result.isWhole()) {
                byName.computeIfAbsent(
                                result.trial().variant() + " " + result.trial().images(),
                                _ -> new ArrayList<>())
                        .add(result);
            }
        }
        return byName.values().stream()
                .map(list ->
                        new Group(
                                list.getFirst().trial().variant(),
                                list.getFirst().trial().images(),
                                List.copyOf(list)))
                .toList();
    }

    TrialResult first() {
        return results.getFirst();
    }

    /** {@return the name, with the number of images where the task has several} */
    String label() {
        return images == 0 ? variant : variant + " n" + images;
    }

    double flop() {
        return first().trainingFlop();
    }

    /** {@return mean accuracy over the seeds} */
    Mean top1() {
        return Mean.of(results.stream().mapToDouble(r -> r.top1().value()).toArray(), LEVEL);
    }

    List<Long> seeds() {
        return results.stream().map(r -> r.trial().seed()).toList();
    }

    /** {@return accuracy of one of the seeds} */
    double top1(long seed) {
        return results.stream()
                .filter(r -> r.trial().seed() == seed)
                .findFirst()
                .orElseThrow()
                .top1()
                .value();
    }

    Resampling.Answers answers() {
        return new Resampling.Answers(
                label(), results.stream().map(r -> r.scores().correct()).toList());
    }

    ParetoFront.Point point() {
        return new ParetoFront.Point(label(), flop(), top1().value());
    }
}
