package org.tornadovit.lab.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tornadovit.lab.experiment.Pair;
import org.tornadovit.lab.experiment.Precision;
import org.tornadovit.lab.statistics.Crossover;
import org.tornadovit.lab.statistics.Interval;
import org.tornadovit.lab.statistics.Ratio;
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
        Ratio ratio = c.ratio();
        return "%s, batch %d, %s: %s takes %s x the time of %s %s, %s; %s."
                .formatted(
                        c.measured().cell().device(),
                        c.measured().cell().batch(),
                        c.measured().cell().precision().key(),
                        c.measured().pair().hybrid(),
                        Plain.brief(ratio.value()),
                        c.measured().pair().pure(),
                        interval(ratio.interval()),
                        switch (ratio.verdict()) {
                            case NUMERATOR -> "the hybrid is faster";
                            case DENOMINATOR -> "the pure model is faster";
                            case UNDECIDED -> "no difference shown";
                        },
                        c.accuracyVerdict());
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
        Map<PairPlace, List<Crossover.Point>> series = new LinkedHashMap<>();
        for (PairRow pair : pairs) {
            if (!pair.status().isFailure()) {
                Place place = new Place(pair.cell().device(), pair.cell().precision());
                series.computeIfAbsent(new PairPlace(pair.pair(), place), _ -> new ArrayList<>())
                        .add(new Crossover.Point(pair.cell().batch(), pair.ratio()));
            }
        }
        List<String> sentences = new ArrayList<>();
        series.forEach((key, points) -> {
            if (points.size() > 1) {
                String where =
                        "%s, %s, %s by batch size"
                                .formatted(
                                        key.place().device(),
                                        key.place().precision().key(),
                                        key.pair().name());
                sentences.addAll(describe(where, points, "batch "));
            }
        });
        return sentences;
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
            if (!points.isEmpty()) {
                sentences.addAll(describe(where, points, "accuracy "));
            } else if (hasAccuracy(pure) && hasAccuracy(hybrid)) {
                sentences.add(
                        where + ": not comparable, the best models share no range of accuracy.");
            }
        });
        return sentences;
    }

    private static boolean hasAccuracy(List<Row> rows) {
        return rows.stream()
                .anyMatch(row -> !row.status().isFailure() && row.number(Column.TOP1).isPresent());
    }

    private static List<String> describe(String where, List<Crossover.Point> points, String unit) {
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
        String measured = where + ": time " + String.join(", ", ratios) + ". ";
        List<Crossover> crossovers = Crossover.find(points);
        if (crossovers.isEmpty()) {
            return List.of(measured + without(points));
        }
        List<String> sentences = new ArrayList<>();
        for (Crossover crossover : crossovers) {
            boolean hybridFirst = crossover.from() == Verdict.NUMERATOR;
            sentences.add(
                    measured
                            + "Crossover near %s%s: the %s wins up to %s, the %s from %s."
                                    .formatted(
                                            unit,
                                            Plain.brief(crossover.at()),
                                            hybridFirst ? "hybrid" : "pure model",
                                            Plain.brief(crossover.below()),
                                            hybridFirst ? "pure model" : "hybrid",
                                            Plain.brief(crossover.above())));
        }
        return sentences;
    }

    private static String without(List<Crossover.Point> points) {
        boolean hybrid = points.stream().anyMatch(p -> p.ratio().verdict() == Verdict.NUMERATOR);
        boolean pure = points.stream().anyMatch(p -> p.ratio().verdict() == Verdict.DENOMINATOR);
        if (hybrid == pure) {
            return "No crossover: no difference shown.";
        }
        boolean always = points.stream().allMatch(p -> p.ratio().verdict() != Verdict.UNDECIDED);
        return "No crossover: the %s wins %s."
                .formatted(
                        hybrid ? "hybrid" : "pure model",
                        always ? "throughout" : "wherever a difference is shown");
    }

    static String interval(Interval interval) {
        return "[" + Plain.brief(interval.low()) + ", " + Plain.brief(interval.high()) + "]";
    }
}
