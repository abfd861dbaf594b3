package org.tornadovit.lab.training;

import static org.tornadovit.lab.training.Verdict.Outcome.CONTRADICTED;
import static org.tornadovit.lab.training.Verdict.Outcome.NOT_SHOWN;
import static org.tornadovit.lab.training.Verdict.Outcome.SHOWN;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.tornadovit.lab.experiment.Claim;
import org.tornadovit.lab.results.Plain;
import org.tornadovit.lab.statistics.CurveCrossing;
import org.tornadovit.lab.statistics.Interval;
import org.tornadovit.lab.statistics.McNemar;
import org.tornadovit.lab.statistics.Mean;
import org.tornadovit.lab.statistics.Resampling;

/**
 * Holds claims against results. A difference is shown where two intervals exclude 0: that of a
 * bootstrap over images and seeds, and Student's over the differences of equal seeds, as the
 * bootstrap of two or three seeds is too narrow.
 */
final class Judge {
    private static final int RESAMPLES = 1000;
    private static final long SEED = 1;
    private static final double LEVEL = 0.95;

    /** Seeds that a crossover needs, for which there is no difference of equal seeds. */
    private static final int CROSSOVER_SEEDS = 3;

    private final List<Group> groups;

    Judge(List<TrialResult> results) {
        groups = Group.of(results);
    }

    Verdict verdict(Claim claim) {
        return switch (claim) {
            case Claim.Better(String model, String than) -> better(model, than);
            case Claim.Crossover(String leads, String then) -> crossover(leads, then);
            case Claim.Gains(String model, String over) -> gains(model, over);
        };
    }

    private Verdict better(String model, String than) {
        String claim = model + " is better than " + than;
        Optional<Group> first = most(model);
        Optional<Group> second = most(than);
        if (first.isEmpty() || second.isEmpty()) {
            return missing(claim, first.isEmpty() ? model : than);
        }
        Group a = first.get();
        Group b = second.get();
        return decide(
                claim,
                sample -> sample.accuracy(a.answers()) - sample.accuracy(b.answers()),
                "difference of top-1",
                McNemarText.of(a, b),
                bySeed(seed -> a.top1(seed) - b.top1(seed), a, b),
                a);
    }

    private Verdict gains(String model, String over) {
        String claim = "the lead of %s over %s grows with the images".formatted(model, over);
        List<Group> first = bySize(model);
        List<Group> second = bySize(over);
        if (first.size() < 2 || second.size() < 2) {
            return missing(claim, first.size() < 2 ? model : over);
        }
        Group few = first.getFirst();
        Group many = first.getLast();
        Group otherFew = second.getFirst();
        Group otherMany = second.getLast();
        return decide(
                claim,
                sample ->
                        sample.accuracy(many.answers())
                                - sample.accuracy(otherMany.answers())
                                - sample.accuracy(few.answers())
                                + sample.accuracy(otherFew.answers()),
                "growth of the lead from %d to %d images"
                        .formatted(few.first().learned(), many.first().learned()),
                "",
                bySeed(
                        seed ->
                                many.top1(seed)
                                        - otherMany.top1(seed)
                                        - few.top1(seed)
                                        + otherFew.top1(seed),
                        many,
                        otherMany,
                        few,
                        otherFew),
                many);
    }

    private static Verdict decide(
            String claim,
            ToDoubleFunction<Resampling.Sample> difference,
            String what,
            String more,
            double[] bySeed,
            Group any) {
        Resampling resampling = resampling(any);
        double measured = resampling.measured(difference);
        Interval interval = Resampling.percentile(resampling.resampled(difference), LEVEL);
        String evidence =
                "%s %s %s%s%s"
                        .formatted(what, signed(measured), signed(interval), more, seeds(bySeed));
        if (interval.contains(0)) {
            return new Verdict(claim, NOT_SHOWN, evidence + "; the interval contains 0");
        }
        if (bySeed.length < 2) {
            return new Verdict(claim, NOT_SHOWN, evidence + "; too few seeds");
        }
        Interval student = Mean.of(bySeed, LEVEL).interval();
        if (student.contains(0)) {
            return new Verdict(
                    claim,
                    NOT_SHOWN,
                    "%s; too few seeds: Student's interval over their differences is %s"
                            .formatted(evidence, signed(student)));
        }
        return new Verdict(claim, measured > 0 ? SHOWN : CONTRADICTED, evidence);
    }

    /** {@return a number of each seed that all groups have} */
    private static double[] bySeed(LongToDoubleFunction number, Group... groups) {
        return Arrays.stream(groups)
                .map(Group::seeds)
                .reduce((a, b) -> a.stream().filter(b::contains).toList())
                .orElseThrow()
                .stream()
                .mapToDouble(number::applyAsDouble)
                .toArray();
    }

    private Verdict crossover(String leads, String then) {
        String claim = "%s leads where training is cheap and %s catches up".formatted(leads, then);
        List<Group> first = family(leads);
        List<Group> second = family(then);
        if (first.size() < 2 || second.size() < 2) {
            return missing(claim, (first.size() < 2 ? leads : then) + " in two sizes");
        }
        Resampling resampling = resampling(first.getFirst());
        ToDoubleFunction<Resampling.Sample> crossing =
                sample ->
                        CurveCrossing.find(curve(first, sample), curve(second, sample))
                                .orElse(Double.NaN);
        OptionalDouble at = OptionalDouble.of(resampling.measured(crossing));
        double[] all = resampling.resampled(crossing);
        long with = Arrays.stream(all).filter(x -> !Double.isNaN(x)).count();
        double share = (double) with / all.length;
        int least =
                Stream.concat(first.stream(), second.stream())
                        .mapToInt(group -> group.results().size())
                        .min()
                        .orElseThrow();
        String seeds = seeds(new double[least]);
        if (Double.isNaN(at.getAsDouble())) {
            return new Verdict(
                    claim,
                    NOT_SHOWN,
                    "the curves do not cross so (%s); %s of the resamples cross%s"
                            .formatted(
                                    ends(first, second, resampling), Plain.percent(share), seeds));
        }
        Interval interval = Resampling.percentile(all, LEVEL);
        String evidence =
                "crossover at %s GFLOP of training [%s, %s], in %s of the resamples%s"
                        .formatted(
                                giga(at.getAsDouble()),
                                giga(interval.low()),
                                giga(interval.high()),
                                Plain.percent(share),
                                seeds);
        if (share < LEVEL) {
            return new Verdict(claim, NOT_SHOWN, evidence + ", fewer than 95 %");
        }
        return least < CROSSOVER_SEEDS
                ? new Verdict(claim, NOT_SHOWN, evidence + "; too few seeds")
                : new Verdict(claim, SHOWN, evidence);
    }

    private static String ends(List<Group> first, List<Group> second, Resampling resampling) {
        double low = Math.max(first.getFirst().flop(), second.getFirst().flop());
        double high = Math.min(first.getLast().flop(), second.getLast().flop());
        if (low >= high) {
            return "their ranges of compute do not overlap";
        }
        double before =
                resampling.measured(
                        s -> CurveCrossing.lead(curve(first, s), curve(second, s), low));
        double after =
                resampling.measured(
                        s -> CurveCrossing.lead(curve(first, s), curve(second, s), high));
        return "lead %s at %s GFLOP, %s at %s GFLOP"
                .formatted(signed(before), giga(low), signed(after), giga(high));
    }

    private static List<CurveCrossing.Point> curve(List<Group> groups, Resampling.Sample sample) {
        return groups.stream()
                .map(g -> new CurveCrossing.Point(g.flop(), sample.accuracy(g.answers())))
                .toList();
    }

    private List<Group> family(String family) {
        List<Group> found = new ArrayList<>();
        groups.stream().filter(g -> g.first().family().equals(family)).forEach(found::add);
        found.sort(Comparator.comparingDouble(Group::flop));
        return found;
    }

    private List<Group> bySize(String variant) {
        return groups.stream()
                .filter(g -> g.variant().equals(variant))
                .sorted(Comparator.comparingInt(g -> g.first().learned()))
                .toList();
    }

    /** {@return the group of a variant that learned from most images} */
    private Optional<Group> most(String variant) {
        return bySize(variant).stream().reduce((_, later) -> later);
    }

    private static Resampling resampling(Group group) {
        return new Resampling(group.first().scores().images(), RESAMPLES, SEED);
    }

    private static Verdict missing(String claim, String what) {
        return new Verdict(claim, NOT_SHOWN, "there is no whole run of " + what);
    }

    private static String seeds(double[] bySeed) {
        return bySeed.length > 1
                ? ", %d seeds".formatted(bySeed.length)
                : ", one seed, so that the interval tells of the images only";
    }

    private static String giga(double flop) {
        return Plain.brief(flop / 1e9);
    }

    private static String signed(double difference) {
        return String.format(Locale.ROOT, "%+.3f", difference);
    }

    private static String signed(Interval interval) {
        return "[%s, %s]".formatted(signed(interval.low()), signed(interval.high()));
    }

    /** McNemar's test of the seeds that both have. */
    private static final class McNemarText {
        static String of(Group a, Group b) {
            List<String> probabilities = new ArrayList<>();
            for (TrialResult first : a.results()) {
                for (TrialResult second : b.results()) {
                    if (first.trial().seed() == second.trial().seed()) {
                        probabilities.add(
                                Plain.brief(
                                        McNemar.of(
                                                        first.scores().correct(),
                                                        second.scores().correct())
                                                .probability()));
                    }
                }
            }
            return probabilities.isEmpty() ? "" : ", McNemar p " + String.join(", ", probabilities);
        }
    }
}
