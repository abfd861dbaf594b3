package org.tornadovit.lab.plot;

import java.util.List;

/**
 * Curves over a linear axis.
 *
 * @param title heading
 * @param xLabel name and unit of the horizontal axis
 * @param yLabel name and unit of the vertical axis
 * @param curves at least one point in all
 */
public record CurvePlot(String title, String xLabel, String yLabel, List<Curve> curves) {
    /** A point of a curve; both finite. */
    public record Point(double x, double y) {}

    /**
     * A line through points.
     *
     * @param name entry of the legend
     * @param points in the order of the line
     */
    public record Curve(String name, List<Point> points) {
        /** Copies the points. */
        public Curve {
            points = List.copyOf(points);
        }
    }

    /** Checks that there is something to draw. */
    public CurvePlot {
        curves = List.copyOf(curves);
        if (curves.stream().allMatch(curve -> curve.points().isEmpty())) {
            throw new IllegalArgumentException("The plot '" + title + "' has no points");
        }
    }

    /** {@return all points} */
    List<Point> points() {
        return curves.stream().flatMap(curve -> curve.points().stream()).toList();
    }
}
