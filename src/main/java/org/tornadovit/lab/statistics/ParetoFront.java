package org.tornadovit.lab.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which of several things no other is at least as cheap and good as, and better in one of both. */
public final class ParetoFront {
    /**
     * A thing with a price.
     *
     * @param name of the thing
     * @param cost the less the better
     * @param value the more the better
     */
    public record Point(String name, double cost, double value) {}

    private ParetoFront() {}

    /** {@return the points that none dominates, cheapest first; of equals all} */
    public static List<Point> of(List<Point> points) {
        List<Point> front = new ArrayList<>();
        for (Point point : points) {
            boolean dominated =
                    points.stream()
                            .anyMatch(other ->
                                    other.cost() <= point.cost()
                                            && other.value() >= point.value()
                                            && (other.cost() < point.cost()
                                                    || other.value() > point.value()));
            if (!dominated) {
                front.add(point);
            }
        }
        front.sort(Comparator.comparingDouble(Point::cost));
        return List.copyOf(front);
    }
}
