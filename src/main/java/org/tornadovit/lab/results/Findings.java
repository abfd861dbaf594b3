package org.tornadovit.lab.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.tornadovit.lab.experiment.Pair;
import org.tornadovit.lab.experiment.Precision;
import org.tornadovit.lab.statistics.Crossover;
import org.tornadovit.lab.statistics.Interval;
import org.tornadovit.lab.statistics.Ratio.Verdict;

/** What a run's rows say about pure models and hybrids, in sentences. */
public final class Findings {
    private record Place(String device, Precision precision) {}

    private record Setting(String device, int batch, Precision precision) {}

    private record PairPlace(Pair pair, Place place) {}

    private Findings() {}

    /**
     * Compares every measured pair.
     *
     * @param pairs the pairs of the run
     * @param rows the rows of the run
     * @return a sentence for each pair, device, batch and precision
     */
    public static List<String> pairs(List<PairRow> pairs, List<Row> rows) {
        List<String> sentences = new ArrayList<>();
        for (PairRow pair : pairs) {
            PairComparison.of(pair, rows).ifPresent(c -> sentences.add(sentence(c)));
        }
        return sentences;
    }

    private static String sentence(PairComparison c) {
        PairRow measured = c.measured();
        return "%s, batch %d, %s: %s takes %s x the time of %s%s in %d rounds, %s%s; %s."
                .formatted(
                        measured.cell().device(),
                        measured.cell().batch(),
                        measured.cell().precision().key(),
                        measured.pair().hybrid(),
                        Plain.brief(c.ratio().value()),
                        measured.pair().pure(),
                        measured.hasInterval() ? " " + interval(c.ratio().interval()) : "",
                        measured.hybridMs().length,
                        verdict(measured),
                        other(c),
                        c.accuracyVerdict());
    }

    private static String verdict(PairRow pair) {
        if (pair.status() != Status.OK) {
            return "no verdict, the pair is " + doubt(pair);
        }
        if (!pair.hasInterval()) {
            return "no verdict, too few rounds for an interval";
        }
        return switch (pair.verdict()) {
            case NUMERATOR -> "the hybrid is faster";
            case DENOMINATOR -> "the pure model is faster";
            case UNDECIDED -> "no difference shown";
        };
    }

    /** {@return what a pair is that is not ok} */
    private static String doubt(PairRow pair) {
        return switch (pair.status()) {
            case TOO_FEW -> "of too few repetitions";
            case OK, UNSTABLE, REJECTED, FAILED -> pair.status().key();
        };
    }

    private static String other(PairComparison c) {
        OptionalDouble other = c.otherRatio();
        return other.isPresent()
                ? " (the medians of the table, measured apart, give %s x)"
                        .formatted(Plain.brief(other.getAsDouble()))
                : "";
    }

    /**
     * Names where the faster one changes: along the batch size within a pair, and along the
     * accuracy between the families.
     *
     * @param pairs the pairs of the run
     * @param rows the rows of the run
     * @return a sentence for each crossover, or for each place where there is none
     */
    public static List<String> crossovers(List<PairRow> pairs, List<Row> rows) {
        List<String> sentences = new ArrayList<>(alongBatch(pairs));
        sentences.addAll(alongAccuracy(rows));
        return sentences;
    }

    private static List<String> alongBatch(List<PairRow> pairs) {
        Map<PairPlace, List<PairRow>> series = new LinkedHashMap<>();
        for (PairRow pair : pairs) {
            if (!pair.status().isFailure()) {
                Place place = new Place(pair.cell().device(), pair.cell().precision());
                series.computeIfAbsent(new PairPlace(pair.pair(), place), _ -> new ArrayList<>())
                        .add(pair);
            }
        }
        List<String> sentences = new ArrayList<>();
        series.forEach((key, measured) -> {
            if (measured.size() > 1) {
                String where =
                        "%s, %s, %s by batch size"
                                .formatted(
                                        key.place().device(),
                                        key.place().precision().key(),
                                        key.pair().name());
                sentences.addAll(alongBatch(where, measured));
            }
        });
        return sentences;
    }

    /** Pairs that are not ok are named and decide nothing. */
    private static List<String> alongBatch(String where, List<PairRow> pairs) {
        List<Crossover.Point> points = new ArrayList<>();
        List<String> doubtful = new ArrayList<>();
        for (PairRow pair : pairs) {
            if (pair.status() == Status.OK && pair.hasInterval()) {
                points.add(new Crossover.Point(pair.cell().batch(), pair.ratio()));
            } else {
                doubtful.add("batch %d is %s".formatted(pair.cell().batch(), doubt(pair)));
            }
        }
        return describe(where, points, "batch ", doubtful);
    }

    private static List<String> alongAccuracy(List<Row> rows) {
        Map<Setting, Map<String, List<Row>>> settings = new LinkedHashMap<>();
        for (Row row : rows) {
            settings.computeIfAbsent(
                            new Setting(
                                    row.cell().device(),
                                    row.cell().batch(),
                                    row.cell().precision()),
                            _ -> new LinkedHashMap<>())
                    .computeIfAbsent(row.text(Column.FAMILY).orElse(""), _ -> new ArrayList<>())
                    .add(row);
        }
        List<String> sentences = new ArrayList<>();
        settings.forEach((setting, families) -> {
            List<Row> pure = families.getOrDefault("pure", List.of());
            List<Row> hybrid = families.getOrDefault("hybrid", List.of());
            String where =
                    "%s, batch %d, %s, hybrids over pure models at equal accuracy"
                            .formatted(
                                    setting.device(), setting.batch(), setting.precision().key());
            List<Crossover.Point> points = EqualAccuracy.points(pure, hybrid);
            List<String> doubtful = doubtful(pure, hybrid);
            if (!points.isEmpty() && !doubtful.isEmpty()) {
                sentences.add(
                        ratios(where, points, "accuracy ")
                                + "No verdict: "
                                + String.join(", ", doubtful)
                                + ".");
            } else if (!points.isEmpty()) {
                sentences.addAll(describe(where, points, "accuracy ", List.of()));
            } else if (hasAccuracy(pure) && hasAccuracy(hybrid)) {
                sentences.add(
                        where + ": not comparable, the best models share no range of accuracy.");
            }
        });
        return sentences;
    }

    /** What stands between models moves with each of them: one that scatters makes all doubtful. */
    private static List<String> doubtful(List<Row> pure, List<Row> hybrid) {
        return Stream.concat(pure.stream(), hybrid.stream())
                .filter(row -> EqualAccuracy.isUsed(row) && row.status() != Status.OK)
                .map(row -> row.cell().model() + " is " + row.status().key())
                .toList();
    }

    private static boolean hasAccuracy(List<Row> rows) {
        return rows.stream().anyMatch(EqualAccuracy::isUsed);
    }

    private static List<String> describe(
            String where, List<Crossover.Point> points, String unit, List<String> doubtful) {
        String doubts = doubtful.isEmpty() ? "" : " (" + String.join(", ", doubtful) + ")";
        if (points.isEmpty()) {
            return List.of(where + ": no verdict" + doubts + ".");
        }
        String measured = ratios(where, points, unit);
        List<Crossover> crossovers = Crossover.find(points);
        if (crossovers.isEmpty()) {
            return List.of(measured + without(points, doubtful) + doubts + ".");
        }
        List<String> sentences = new ArrayList<>();
        for (Crossover crossover : crossovers) {
            boolean hybridFirst = crossover.from() == Verdict.NUMERATOR;
            sentences.add(
                    measured
                            + "Crossover near %s%s: the %s wins up to %s, the %s from %s%s."
                                    .formatted(
                                            unit,
                                            Plain.brief(crossover.at()),
                                            hybridFirst ? "hybrid" : "pure model",
                                            Plain.brief(crossover.below()),
                                            hybridFirst ? "pure model" : "hybrid",
                                            Plain.brief(crossover.above()),
                                            doubts));
        }
        return sentences;
    }

    private static String ratios(String where, List<Crossover.Point> points, String unit) {
        List<String> ratios = new ArrayList<>();
        for (Crossover.Point point : points) {
            ratios.add(
                    "%s%s: %s %s"
                            .formatted(
                                    unit,
                                    Plain.brief(point.position()),
                                    Plain.brief(point.ratio().value()),
                                    interval(point.ratio().interval())));
        }
        return where + ": time " + String.join(", ", ratios) + ". ";
    }

    private static String without(List<Crossover.Point> points, List<String> doubtful) {
        boolean hybrid = points.stream().anyMatch(p -> p.ratio().verdict() == Verdict.NUMERATOR);
        boolean pure = points.stream().anyMatch(p -> p.ratio().verdict() == Verdict.DENOMINATOR);
        if (hybrid == pure) {
            return "No crossover found: no difference shown";
        }
        boolean always =
                doubtful.isEmpty()
                        && points.stream().allMatch(p -> p.ratio().verdict() != Verdict.UNDECIDED);
        return "No crossover found: the %s wins %s"
                .formatted(
                        hybrid ? "hybrid" : "pure model",
                        always ? "throughout" : "wherever a difference is shown");
    }

    static String interval(Interval interval) {
        return "[" + Plain.brief(interval.low()) + ", " + Plain.brief(interval.high()) + "]";
    }
}
