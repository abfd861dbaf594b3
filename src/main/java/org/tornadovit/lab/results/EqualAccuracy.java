package org.tornadovit.lab.results;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tornadovit.lab.statistics.Crossover;
import org.tornadovit.lab.statistics.Interval;
import org.tornadovit.lab.statistics.Ratio;

/**
 * What a hybrid costs against a pure model of the same accuracy, read off between measured models:
 * the logarithm of the latency is taken as linear in the accuracy along the family's best models.
 */
public final class EqualAccuracy {
    private static final double LEVEL = 0.95;

    private record Cost(double accuracy, double ms, double low, double high) {}

    private EqualAccuracy() {}

    /**
     * Latency of hybrids over latency of pure models, at every accuracy reached by a model of one
     * family that lies between two of the other.
     *
     * @param pure rows of pure models on one device, at one batch size and precision
     * @param hybrid rows of hybrids there
     * @return the ratios by accuracy; empty when the families share no range of accuracy. The
     *     interval is the widest that the intervals of both medians allow.
     */
    public static List<Crossover.Point> points(List<Row> pure, List<Row> hybrid) {
        List<Cost> pures = best(pure);
        List<Cost> hybrids = best(hybrid);
        List<Crossover.Point> points = new ArrayList<>();
        for (Cost h : hybrids) {
            at(pures, h.accuracy()).ifPresent(p -> points.add(point(h, p)));
        }
        for (Cost p : pures) {
            if (hybrids.stream().noneMatch(h -> h.accuracy() == p.accuracy())) {
                at(hybrids, p.accuracy()).ifPresent(h -> points.add(point(h, p)));
            }
        }
        points.sort(Comparator.comparingDouble(Crossover.Point::position));
        return List.copyOf(points);
    }

    /** Models that no other of the family beats in both respects, by accuracy. */
    private static List<Cost> best(List<Row> rows) {
        List<Cost> costs = new ArrayList<>();
        for (Row row : rows) {
            if (isUsed(row)) {
                costs.add(
                        new Cost(
                                row.number(Column.TOP1).getAsDouble(),
                                row.number(Column.LATENCY_MEDIAN).orElseThrow(),
                                row.number(Column.LATENCY_LOW).orElseThrow(),
                                row.number(Column.LATENCY_HIGH).orElseThrow()));
            }
        }
        costs.sort(
                Comparator.comparingDouble(Cost::accuracy)
                        .reversed()
                        .thenComparingDouble(Cost::ms));
        List<Cost> best = new ArrayList<>();
        double fastest = Double.POSITIVE_INFINITY;
        for (Cost cost : costs) {
            if (cost.ms() < fastest) {
                fastest = cost.ms();
                best.addFirst(cost);
            }
        }
        return best;
    }

    /** {@return whether a row has an accuracy, and a latency with its interval} */
    static boolean isUsed(Row row) {
        return !row.status().isFailure()
                && row.number(Column.TOP1).isPresent()
                && row.number(Column.LATENCY_LOW).isPresent();
    }

    private static Optional<Cost> at(List<Cost> costs, double accuracy) {
        for (int i = 0; i < costs.size(); i++) {
            Cost right = costs.get(i);
            if (right.accuracy() == accuracy) {
                return Optional.of(right);
            }
            if (right.accuracy() > accuracy) {
                return i == 0
                        ? Optional.empty()
                        : Optional.of(between(costs.get(i - 1), right, accuracy));
            }
        }
        return Optional.empty();
    }

    private static Cost between(Cost left, Cost right, double accuracy) {
        double t = (accuracy - left.accuracy()) / (right.accuracy() - left.accuracy());
        return new Cost(
                accuracy,
                mix(left.ms(), right.ms(), t),
                mix(left.low(), right.low(), t),
                mix(left.high(), right.high(), t));
    }

    private static double mix(double left, double right, double t) {
        return Math.exp((1 - t) * Math.log(left) + t * Math.log(right));
    }

    private static Crossover.Point point(Cost hybrid, Cost pure) {
        return new Crossover.Point(
                hybrid.accuracy(),
                new Ratio(
                        hybrid.ms() / pure.ms(),
                        new Interval(
                                hybrid.low() / pure.high(), hybrid.high() / pure.low(), LEVEL)));
    }
}
