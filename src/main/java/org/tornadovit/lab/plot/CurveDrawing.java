package org.tornadovit.lab.plot;

import java.util.List;
import org.tornadovit.lab.plot.Canvas.Anchor;
import org.tornadovit.lab.plot.Canvas.Direction;
import org.tornadovit.lab.plot.Canvas.Style;
import org.tornadovit.lab.plot.CurvePlot.Curve;
import org.tornadovit.lab.plot.CurvePlot.Point;

/** Lays a plot of curves out: axes, lines, legend. */
final class CurveDrawing {
    private static final int LEFT = 70;
    private static final int RIGHT = 680;
    private static final int TOP = 48;
    private static final int BOTTOM = 480;
    private static final int ENTRIES = 21;
    private static final String INK = "#222222";
    private static final String GRID = "#dddddd";

    private CurveDrawing() {}

    /** Draws a plot. */
    static void draw(CurvePlot plot, Canvas canvas) {
        List<Point> points = plot.points();
        Axis x =
                Axis.exact(
                        Math.min(0, points.stream().mapToDouble(Point::x).min().orElseThrow()),
                        points.stream().mapToDouble(Point::x).max().orElseThrow(),
                        LEFT,
                        RIGHT);
        Axis y =
                Axis.linear(
                        points.stream().mapToDouble(Point::y).min().orElseThrow(),
                        points.stream().mapToDouble(Point::y).max().orElseThrow(),
                        BOTTOM,
                        TOP);
        axes(plot, canvas, x, y);
        for (int i = 0; i < plot.curves().size(); i++) {
            Curve curve = plot.curves().get(i);
            String colour = Drawing.colour(i);
            for (int p = 1; p < curve.points().size(); p++) {
                Point from = curve.points().get(p - 1);
                Point to = curve.points().get(p);
                canvas.line(
                        x.pixel(from.x()),
                        y.pixel(from.y()),
                        x.pixel(to.x()),
                        y.pixel(to.y()),
                        colour);
            }
            if (i < ENTRIES) {
                double base = TOP + 14 + 20.0 * i;
                canvas.line(RIGHT + 14, base - 4, RIGHT + 34, base - 4, colour);
                canvas.text(RIGHT + 40, base, curve.name(), style(Anchor.START));
            }
        }
        int more = plot.curves().size() - ENTRIES;
        if (more > 0) {
            double base = TOP + 14 + 20.0 * ENTRIES;
            canvas.text(RIGHT + 40, base, "and " + more + " more", style(Anchor.START));
        }
    }

    private static void axes(CurvePlot plot, Canvas canvas, Axis x, Axis y) {
        for (double tick : x.ticks()) {
            double at = x.pixel(tick);
            canvas.line(at, TOP, at, BOTTOM, GRID);
            canvas.text(at, BOTTOM + 18, Axis.text(tick), style(Anchor.MIDDLE));
        }
        for (double tick : y.ticks()) {
            double at = y.pixel(tick);
            canvas.line(LEFT, at, RIGHT, at, GRID);
            canvas.text(LEFT - 8, at + 4, Axis.text(tick), style(Anchor.END));
        }
        canvas.line(LEFT, TOP, LEFT, BOTTOM, INK);
        canvas.line(LEFT, BOTTOM, RIGHT, BOTTOM, INK);
        double centre = (LEFT + RIGHT) / 2.0;
        canvas.text(centre, 26, plot.title(), new Style(15, INK, Anchor.MIDDLE, Direction.RIGHT));
        canvas.text(centre, BOTTOM + 42, plot.xLabel(), style(Anchor.MIDDLE));
        canvas.text(
                18,
                (TOP + BOTTOM) / 2.0,
                plot.yLabel(),
                new Style(12, INK, Anchor.MIDDLE, Direction.UP));
    }

    private static Style style(Anchor anchor) {
        return new Style(12, INK, anchor, Direction.RIGHT);
    }
}
