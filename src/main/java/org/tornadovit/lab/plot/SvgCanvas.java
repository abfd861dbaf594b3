package org.tornadovit.lab.plot;

import java.util.Locale;
import org.tornadovit.lab.plot.ScatterPlot.Fill;

/** Writes SVG in which every word is a text element: it can be searched and restyled. */
final class SvgCanvas implements Canvas {
    private final StringBuilder svg = new StringBuilder();

    SvgCanvas(int width, int height) {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
                        + "font-family=\"sans-serif\">\n",
                width, height);
        add("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n", width, height);
    }

    /** {@return the whole document} */
    String document() {
        return svg + "</svg>\n";
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, String colour) {
        add(
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>\n",
                x1, y1, x2, y2, colour);
    }

    @Override
    public void text(double x, double y, String words, Style style) {
        String anchor =
                switch (style.anchor()) {
                    case START -> "start";
                    case MIDDLE -> "middle";
                    case END -> "end";
                };
        String turn =
                switch (style.direction()) {
                    case RIGHT -> "";
                    case UP ->
                            String.format(
                                    Locale.ROOT, " transform=\"rotate(-90 %.1f %.1f)\"", x, y);
                };
        add(
                "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%d\" text-anchor=\"%s\" "
                        + "fill=\"%s\"%s>%s</text>\n",
                x, y, style.size(), anchor, style.colour(), turn, escaped(words));
    }

    @Override
    public void marker(Marker marker, Fill fill, double x, double y, String colour) {
        switch (marker) {
            case CIRCLE -> add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\"", x, y);
            case SQUARE ->
                    add("<rect x=\"%.1f\" y=\"%.1f\" width=\"9\" height=\"9\"", x - 4.5, y - 4.5);
            case TRIANGLE -> add("<path d=\"M%.1f %.1f l5.5 9.5 h-11 z\"", x, y - 5.5);
        }
        switch (fill) {
            case SOLID -> add(" fill=\"%s\"/>\n", colour);
            case HOLLOW -> add(" fill=\"#ffffff\" stroke=\"%s\" stroke-width=\"1.5\"/>\n", colour);
        }
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
