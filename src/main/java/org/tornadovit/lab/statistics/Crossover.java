package org.tornadovit.lab.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.tornadovit.lab.statistics.Ratio.Verdict;

/**
 * Where the better of two changes along an axis.
 *
 * @param below last position at which {@code from} holds
 * @param above first position at which the opposite holds
 * @param at estimated position of equality: the logarithm of the ratio, linear between the two
 * @param from which of the two is smaller up to {@code below}
 */
public record Crossover(double below, double above, double at, Verdict from) {
    /**
     * A ratio at a position.
     *
     * @param position place on the axis, such as batch size or accuracy
     * @param ratio the ratio there
     */
    public record Point(double position, Ratio ratio) {}

    /**
     * Finds every change of the smaller one that the intervals support; positions whose interval
     * contains 1 decide nothing and are passed over.
     *
     * @param points ratios at distinct positions, in any order
     * @return the crossovers, by position; empty when one of the two is never shown to win
     */
    public static List<Crossover> find(List<Point> points) {
        List<Point> decided =
                points.stream()
                        .filter(p -> p.ratio().verdict() != Verdict.UNDECIDED)
                        .sorted(Comparator.comparingDouble(Point::position))
                        .toList();
        List<Crossover> found = new ArrayList<>();
        for (int i = 1; i < decided.size(); i++) {
            Point left = decided.get(i - 1);
            Point right = decided.get(i);
            if (left.ratio().verdict() != right.ratio().verdict()) {
                found.add(between(left, right));
            }
        }
        return List.copyOf(found);
    }

    private static Crossover between(Point left, Point right) {
        double a = Math.log(left.ratio().value());
        double b = Math.log(right.ratio().value());
        double at = left.position() + (right.position() - left.position()) * a / (a - b);
        return new Crossover(left.position(), right.position(), at, left.ratio().verdict());
    }
}
