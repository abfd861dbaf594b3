package org.tornadovit.lab.plot;

import java.util.ArrayList;
import java.util.List;
import org.tornadovit.lab.plot.Canvas.Anchor;
import org.tornadovit.lab.plot.Canvas.Direction;
import org.tornadovit.lab.plot.Canvas.Marker;
import org.tornadovit.lab.plot.Canvas.Style;
import org.tornadovit.lab.plot.ScatterPlot.Fill;
import org.tornadovit.lab.plot.ScatterPlot.Point;
import org.tornadovit.lab.plot.ScatterPlot.Series;

/** Lays a plot out: axes, points with error bars, labels that keep clear of each other, legend. */
final class Drawing {
    static final int WIDTH = 880;
    static final int HEIGHT = 540;

    private static final int LEFT = 70;
    private static final int RIGHT = 640;
    private static final int TOP = 48;
    private static final int BOTTOM = 480;
    private static final double CHARACTER = 7;
    private static final double LINE = 13;
    private static final String INK = "#222222";
    private static final String GRID = "#dddddd";

    /** Okabe and Ito's colours, told apart by colour-blind readers too. */
    private static final List<String> COLOURS =
            List.of(
                    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000",
                    "#7a7a00");

    private record Box(double left, double top, double right, double bottom) {
        boolean meets(Box other) {
            return left < other.right
                    && other.left < right
                    && top < other.bottom
                    && other.top < bottom;
        }

        boolean isInside() {
            return left > LEFT && right < RIGHT && top > TOP && bottom < BOTTOM;
        }
    }

    /** Where a label may stand. */
    private record Place(double x, double y, Anchor anchor) {
        Box box(double length) {
            double left = anchor == Anchor.END ? x - length : x;
            return new Box(left, y - LINE + 2, left + length, y + 2);
        }
    }

    private final Canvas canvas;
    private final ScatterPlot plot;
    private final Axis x;
    private final Axis y;
    private final List<Box> taken = new ArrayList<>();

    private Drawing(ScatterPlot plot, Canvas canvas) {
        this.plot = plot;
        this.canvas = canvas;
        List<Point> points = plot.points();
        x =
                Axis.logarithmic(
                        points.stream().mapToDouble(p -> p.x().low()).min().orElseThrow(),
                        points.stream().mapToDouble(p -> p.x().high()).max().orElseThrow(),
                        LEFT,
                        RIGHT);
        y =
                Axis.linear(
                        points.stream().mapToDouble(p -> p.y().low()).min().orElseThrow(),
                        points.stream().mapToDouble(p -> p.y().high()).max().orElseThrow(),
                        BOTTOM,
                        TOP);
    }

    /** Draws a plot. */
    static void draw(ScatterPlot plot, Canvas canvas) {
        Drawing drawing = new Drawing(plot, canvas);
        drawing.axes();
        drawing.points();
        drawing.legend();
    }

    private void axes() {
        Style middle = new Style(12, INK, Anchor.MIDDLE, Direction.RIGHT);
        for (double tick : x.ticks()) {
            double at = x.pixel(tick);
            canvas.line(at, TOP, at, BOTTOM, GRID);
            canvas.text(at, BOTTOM + 18, Axis.text(tick), middle);
        }
        Style end = new Style(12, INK, Anchor.END, Direction.RIGHT);
        for (double tick : y.ticks()) {
            double at = y.pixel(tick);
            canvas.line(LEFT, at, RIGHT, at, GRID);
            canvas.text(LEFT - 8, at + 4, Axis.text(tick), end);
        }
        canvas.line(LEFT, TOP, LEFT, BOTTOM, INK);
        canvas.line(LEFT, BOTTOM, RIGHT, BOTTOM, INK);
        double centre = (LEFT + RIGHT) / 2.0;
        canvas.text(centre, 26, plot.title(), new Style(15, INK, Anchor.MIDDLE, Direction.RIGHT));
        canvas.text(centre, BOTTOM + 42, plot.xLabel(), middle);
        canvas.text(
                18,
                (TOP + BOTTOM) / 2.0,
                plot.yLabel(),
                new Style(12, INK, Anchor.MIDDLE, Direction.UP));
    }

    private void points() {
        for (Point point : plot.points()) {
            double px = x.pixel(point.x().at());
            double py = y.pixel(point.y().at());
            taken.add(new Box(px - 6, py - 6, px + 6, py + 6));
        }
        for (int i = 0; i < plot.series().size(); i++) {
            for (Point point : plot.series().get(i).points()) {
                double px = x.pixel(point.x().at());
                double py = y.pixel(point.y().at());
                canvas.line(px, y.pixel(point.y().low()), px, y.pixel(point.y().high()), colour(i));
                canvas.line(x.pixel(point.x().low()), py, x.pixel(point.x().high()), py, colour(i));
                canvas.marker(marker(i), point.fill(), px, py, colour(i));
                label(point, colour(i));
            }
        }
    }

    private void legend() {
        for (int i = 0; i < plot.series().size(); i++) {
            Series series = plot.series().get(i);
            entry(i, marker(i), Fill.SOLID, colour(i), series.name());
        }
        if (plot.points().stream().anyMatch(point -> point.fill() == Fill.HOLLOW)) {
            entry(plot.series().size(), Marker.CIRCLE, Fill.HOLLOW, INK, plot.hollow());
        }
    }

    private void entry(int row, Marker marker, Fill fill, String colour, String words) {
        double base = TOP + 14 + 20.0 * row;
        canvas.marker(marker, fill, RIGHT + 18, base - 4, colour);
        canvas.text(RIGHT + 30, base, words, new Style(12, INK, Anchor.START, Direction.RIGHT));
    }

    /** Beside the point where nothing is yet, else to its right. */
    private void label(Point point, String colour) {
        double px = x.pixel(point.x().at());
        double py = y.pixel(point.y().at());
        double length = point.label().length() * CHARACTER;
        Place[] places = {
            new Place(px + 9, py + 4, Anchor.START), new Place(px - 9, py + 4, Anchor.END),
            new Place(px + 9, py - 10, Anchor.START), new Place(px + 9, py + 18, Anchor.START),
            new Place(px - 9, py - 10, Anchor.END), new Place(px - 9, py + 18, Anchor.END),
            new Place(px + 9, py - 24, Anchor.START), new Place(px + 9, py + 32, Anchor.START)
        };
        Place chosen = places[0];
        for (Place place : places) {
            Box box = place.box(length);
            if (box.isInside() && taken.stream().noneMatch(box::meets)) {
                chosen = place;
                break;
            }
        }
        taken.add(chosen.box(length));
        canvas.text(
                chosen.x,
                chosen.y,
                point.label(),
                new Style(12, colour, chosen.anchor, Direction.RIGHT));
    }

    static String colour(int series) {
        return COLOURS.get(series % COLOURS.size());
    }

    private static Marker marker(int series) {
        return Marker.values()[series % Marker.values().length];
    }
}
