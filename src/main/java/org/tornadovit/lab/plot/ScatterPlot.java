package org.tornadovit.lab.plot;

import java.util.List;

/**
 * Labelled points with error bars over a logarithmic axis.
 *
 * @param title heading
 * @param xLabel name and unit of the logarithmic horizontal axis
 * @param yLabel name and unit of the linear vertical axis
 * @param series the points, by what they have in common; at least one point in all
 * @param hollow what a hollow point means, in a word or two
 */
public record ScatterPlot(
        String title, String xLabel, String yLabel, List<Series> series, String hollow) {
    /**
     * Points drawn alike.
     *
     * @param name entry of the legend
     * @param points at least one point
     */
    public record Series(String name, List<Point> points) {
        /** Copies the points. */
        public Series {
            points = List.copyOf(points);
            if (points.isEmpty()) {
                throw new IllegalArgumentException("The series " + name + " has no points");
            }
        }
    }

    /** How a point is filled. */
    public enum Fill {
        /** What is measured well. */
        SOLID,
        /** What is doubtful. */
        HOLLOW
    }

    /**
     * A position with its error bar.
     *
     * @param at the position
     * @param low lower end of the bar
     * @param high upper end of the bar
     */
    public record Span(double at, double low, double high) {
        /** Checks the order. */
        public Span {
            if (!(low <= at && at <= high)) {
                throw new IllegalArgumentException(
                        "Cannot draw %s in [%s, %s]".formatted(at, low, high));
            }
        }

        /** {@return a position without a bar} */
        public static Span of(double at) {
            return new Span(at, at, at);
        }
    }

    /**
     * A point.
     *
     * @param label text beside it
     * @param x horizontal position, above 0
     * @param y vertical position
     * @param fill how it is filled
     */
    public record Point(String label, Span x, Span y, Fill fill) {
        /** Checks that the point can be drawn. */
        public Point {
            if (!(x.low() > 0 && x.high() < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("Cannot draw %s at x = %s".formatted(label, x));
            }
        }
    }

    /** Checks that there is something to draw. */
    public ScatterPlot {
        series = List.copyOf(series);
        if (series.isEmpty()) {
            throw new IllegalArgumentException("The plot '" + title + "' has no points");
        }
    }

    /** {@return all points} */
    List<Point> points() {
        return series.stream().flatMap(s -> s.points().stream()).toList();
    }
}
