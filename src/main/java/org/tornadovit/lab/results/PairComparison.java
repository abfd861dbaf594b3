package org.tornadovit.lab.results;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tornadovit.lab.experiment.Cell;
import org.tornadovit.lab.statistics.McNemar;
import org.tornadovit.lab.statistics.Ratio;

/**
 * A hybrid against a pure model on one device: time by passes side by side, accuracy on the same
 * images.
 *
 * @param measured the passes
 * @param ratio hybrid over pure latency
 * @param hybrid row of the hybrid
 * @param pure row of the pure model
 */
public record PairComparison(PairRow measured, Ratio ratio, Row hybrid, Row pure) {
    /** Probability below which two accuracies are called different. */
    public static final double DIFFERENT = 0.05;

    /**
     * Finds the rows of a measured pair.
     *
     * @param pair a pair
     * @param rows the rows of the run
     * @return the comparison; empty when the pair or one of the models was not measured
     */
    public static Optional<PairComparison> of(PairRow pair, List<Row> rows) {
        if (pair.status().isFailure()) {
            return Optional.empty();
        }
        return row(pair, pair.pair().hybrid(), rows)
                .flatMap(hybrid ->
                        row(pair, pair.pair().pure(), rows)
                                .map(pure -> new PairComparison(pair, pair.ratio(), hybrid, pure)));
    }

    private static Optional<Row> row(PairRow pair, String model, List<Row> rows) {
        Cell cell = pair.cell();
        Cell wanted = new Cell(cell.device(), model, cell.batch(), cell.precision());
        return rows.stream()
                .filter(row -> row.cell().equals(wanted) && !row.status().isFailure())
                .findFirst();
    }

    /**
     * {@return the ratio of the medians of the two rows, where it lies outside the interval of the
     * pair's own}
     */
    public OptionalDouble otherRatio() {
        OptionalDouble hybridMs = hybrid.number(Column.LATENCY_MEDIAN);
        OptionalDouble pureMs = pure.number(Column.LATENCY_MEDIAN);
        if (hybridMs.isEmpty() || pureMs.isEmpty()) {
            return OptionalDouble.empty();
        }
        double other = hybridMs.getAsDouble() / pureMs.getAsDouble();
        return measured.hasInterval() && ratio.interval().contains(other)
                ? OptionalDouble.empty()
                : OptionalDouble.of(other);
    }

    /** {@return McNemar's test, when both models were tested on the same number of images} */
    public Optional<McNemar> accuracyTest() {
        boolean comparable =
                hybrid.number(Column.TEST_IMAGES).isPresent()
                        && hybrid.number(Column.TEST_IMAGES)
                                .equals(pure.number(Column.TEST_IMAGES));
        return comparable
                ? Optional.of(McNemar.of(hybrid.correct(), pure.correct()))
                : Optional.empty();
    }

    /** {@return the accuracies in words: equal, different with the better one, or unknown} */
    public String accuracyVerdict() {
        Optional<McNemar> test = accuracyTest();
        if (test.isEmpty()) {
            return "accuracy not measured";
        }
        double probability = test.get().probability();
        if (probability >= DIFFERENT) {
            return "accuracy equal as far as the images tell (McNemar p = %s)"
                    .formatted(Plain.brief(probability));
        }
        Row better = test.get().onlyFirst() > test.get().onlySecond() ? hybrid : pure;
        return "%s more accurate (McNemar p = %s)"
                .formatted(better.cell().model(), Plain.brief(probability));
    }
}
