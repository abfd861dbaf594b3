package org.tornadovit.lab.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tornadovit.lab.plot.ScatterPlot.Point;
import org.tornadovit.lab.plot.ScatterPlot.Series;

/** Draws a plot as SVG in which every word is a text element: it can be searched and restyled. */
public final class SvgPlot {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 540;
    private static final int LEFT = 70;
    private static final int RIGHT = 640;
    private static final int TOP = 48;
    private static final int BOTTOM = 480;
    private static final double CHARACTER = 6.2;
    private static final double LINE = 13;

    /** Okabe and Ito's colours, told apart by colour-blind readers too. */
    private static final String[] COLOURS = {
        "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000", "#f0e442"
    };

    private record Box(double left, double top, double right, double bottom) {
        boolean meets(Box other) {
            return left < other.right
                    && other.left < right
                    && top < other.bottom
                    && other.top < bottom;
        }
    }

    private final StringBuilder svg = new StringBuilder();
    private final List<Box> taken = new ArrayList<>();
    private final ScatterPlot plot;
    private final Axis x;
    private final Axis y;

    private SvgPlot(ScatterPlot plot) {
        this.plot = plot;
        List<Point> points = plot.points();
        x =
                Axis.logarithmic(
                        points.stream().mapToDouble(Point::x).min().orElseThrow(),
                        points.stream().mapToDouble(Point::x).max().orElseThrow(),
                        LEFT,
                        RIGHT);
        y =
                Axis.linear(
                        points.stream().mapToDouble(Point::low).min().orElseThrow(),
                        points.stream().mapToDouble(Point::high).max().orElseThrow(),
                        BOTTOM,
                        TOP);
    }

    /**
     * Draws a plot.
     *
     * @param plot what is drawn
     * @return a whole SVG 1.1 document, the same for the same plot
     */
    public static String of(ScatterPlot plot) {
        return new SvgPlot(plot).draw();
    }

    private String draw() {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
                        + "font-family=\"sans-serif\" font-size=\"12\">%n",
                WIDTH, HEIGHT);
        add("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>%n", WIDTH, HEIGHT);
        text((LEFT + RIGHT) / 2.0, 26, "middle", "font-size=\"15\"", plot.title());
        axes();
        for (int i = 0; i < plot.series().size(); i++) {
            for (Point point : plot.series().get(i).points()) {
                taken.add(around(point));
            }
        }
        for (int i = 0; i < plot.series().size(); i++) {
            series(i, plot.series().get(i));
        }
        return svg.append("</svg>\n").toString();
    }

    private void axes() {
        for (double tick : x.ticks()) {
            double at = x.pixel(tick);
            line(at, TOP, at, BOTTOM, "#dddddd");
            text(at, BOTTOM + 18, "middle", "", Axis.text(tick));
        }
        for (double tick : y.ticks()) {
            double at = y.pixel(tick);
            line(LEFT, at, RIGHT, at, "#dddddd");
            text(LEFT - 8, at + 4, "end", "", Axis.text(tick));
        }
        add(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#333333\"/>%n",
                LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP);
        text((LEFT + RIGHT) / 2.0, BOTTOM + 42, "middle", "", plot.xLabel());
        double middle = (TOP + BOTTOM) / 2.0;
        String turned = "transform=\"rotate(-90 18 %s)\"".formatted(number(middle));
        text(18, middle, "middle", turned, plot.yLabel());
    }

    private void series(int index, Series series) {
        String colour = COLOURS[index % COLOURS.length];
        for (Point point : series.points()) {
            double px = x.pixel(point.x());
            line(px, y.pixel(point.low()), px, y.pixel(point.high()), colour);
            marker(index, px, y.pixel(point.y()), colour);
            label(point, colour);
        }
        double row = TOP + 14 + 20.0 * index;
        marker(index, RIGHT + 18, row - 4, colour);
        text(RIGHT + 30, row, "start", "", series.name());
    }

    private void marker(int index, double px, double py, String colour) {
        switch (index % 3) {
            case 0 ->
                    add(
                            "<circle cx=\"%s\" cy=\"%s\" r=\"5\" fill=\"%s\"/>%n",
                            number(px), number(py), colour);
            case 1 ->
                    add(
                            "<rect x=\"%s\" y=\"%s\" width=\"9\" height=\"9\" fill=\"%s\"/>%n",
                            number(px - 4.5), number(py - 4.5), colour);
            default ->
                    add(
                            "<path d=\"M%s %s l5.5 9.5 h-11 z\" fill=\"%s\"/>%n",
                            number(px), number(py - 5.5), colour);
        }
    }

    /** Beside the point where nothing is yet, else to its right. */
    private void label(Point point, String colour) {
        double px = x.pixel(point.x());
        double py = y.pixel(point.y());
        double length = point.label().length() * CHARACTER;
        double[][] places = {
            {px + 9, py + 4}, {px - 9 - length, py + 4},
            {px + 9, py - 10}, {px + 9, py + 18},
            {px - 9 - length, py - 10}, {px - 9 - length, py + 18},
            {px + 9, py - 24}, {px + 9, py + 32},
        };
        double[] chosen = places[0];
        for (double[] place : places) {
            Box box = new Box(place[0], place[1] - LINE + 2, place[0] + length, place[1] + 2);
            boolean inside =
                    box.left() > LEFT
                            && box.right() < RIGHT
                            && box.top() > TOP
                            && box.bottom() < BOTTOM;
            if (inside && taken.stream().noneMatch(box::meets)) {
                chosen = place;
                break;
            }
        }
        taken.add(new Box(chosen[0], chosen[1] - LINE + 2, chosen[0] + length, chosen[1] + 2));
        text(chosen[0], chosen[1], "start", "fill=\"%s\"".formatted(colour), point.label());
    }

    private Box around(Point point) {
        double px = x.pixel(point.x());
        double py = y.pixel(point.y());
        return new Box(px - 6, py - 6, px + 6, py + 6);
    }

    private void line(double x1, double y1, double x2, double y2, String colour) {
        add(
                "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\"/>%n",
                number(x1), number(y1), number(x2), number(y2), colour);
    }

    private void text(double px, double py, String anchor, String more, String words) {
        add(
                "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" %s>%s</text>%n",
                number(px), number(py), anchor, more, escaped(words));
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values).replace("\r\n", "\n"));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
