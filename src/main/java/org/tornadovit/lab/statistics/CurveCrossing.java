package org.tornadovit.lab.statistics;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** Where one curve of points loses its lead over another, both linear over the logarithm of x. */
public final class CurveCrossing {
    /** A point of a curve. */
    public record Point(double x, double y) {}

    private CurveCrossing() {}

    /**
     * {@return the last x at which the lead of {@code first} ends, if it leads where both begin and
     * does not where both end}
     *
     * @param first at least one point, by increasing x, which is above 0
     * @param second likewise
     */
    public static OptionalDouble find(List<Point> first, List<Point> second) {
        double low = Math.max(first.getFirst().x(), second.getFirst().x());
        double high = Math.min(first.getLast().x(), second.getLast().x());
        if (low >= high || lead(first, second, low) <= 0 || lead(first, second, high) > 0) {
            return OptionalDouble.empty();
        }
        double[] knots =
                DoubleStream.concat(
                                DoubleStream.of(low, high),
                                DoubleStream.concat(
                                        first.stream().mapToDouble(Point::x),
                                        second.stream().mapToDouble(Point::x)))
                        .filter(x -> x >= low && x <= high)
                        .sorted()
                        .distinct()
                        .toArray();
        for (int i = knots.length - 1; i > 0; i--) {
            double before = lead(first, second, knots[i - 1]);
            double after = lead(first, second, knots[i]);
            if (before > 0 && after <= 0) {
                double share = before / (before - after);
                return OptionalDouble.of(
                        Math.exp(
                                Math.log(knots[i - 1])
                                        + share * Math.log(knots[i] / knots[i - 1])));
            }
        }
        return OptionalDouble.empty();
    }

    /** {@return how far {@code first} is above {@code second} at x, within both} */
    public static double lead(List<Point> first, List<Point> second, double x) {
        return at(first, x) - at(second, x);
    }

    private static double at(List<Point> curve, double x) {
        Point before = curve.getFirst();
        for (Point point : curve) {
            if (point.x() == x) {
                return point.y();
            }
            if (point.x() > x && before.x() < x) {
                double share = Math.log(x / before.x()) / Math.log(point.x() / before.x());
                return before.y() + share * (point.y() - before.y());
            }
            before = point;
        }
        throw new IllegalArgumentException("x = " + x + " lies outside the curve");
    }
}
