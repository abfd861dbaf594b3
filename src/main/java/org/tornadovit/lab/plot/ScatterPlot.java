package org.tornadovit.lab.plot;

import java.util.List;

/**
 * Labelled points with error bars over a logarithmic axis.
 *
 * @param title heading
 * @param xLabel name and unit of the logarithmic horizontal axis
 * @param yLabel name and unit of the linear vertical axis
 * @param series the points, by what they have in common; at least one point in all
 */
public record ScatterPlot(String title, String xLabel, String yLabel, List<Series> series) {
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

    /**
     * A point.
     *
     * @param label text beside it
     * @param x horizontal position, above 0
     * @param y vertical position
     * @param low lower end of the error bar
     * @param high upper end of the error bar
     */
    public record Point(String label, double x, double y, double low, double high) {
        /** Checks that the point can be drawn. */
        public Point {
            if (!(x > 0 && x < Double.POSITIVE_INFINITY) || !(low <= y && y <= high)) {
                throw new IllegalArgumentException(
                        "Cannot draw %s at x = %s, y = %s in [%s, %s]"
                                .formatted(label, x, y, low, high));
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
