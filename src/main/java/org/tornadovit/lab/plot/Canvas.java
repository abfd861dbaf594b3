package org.tornadovit.lab.plot;

import org.tornadovit.lab.plot.ScatterPlot.Fill;

/** What a plot is drawn on; the unit is a pixel, the origin the upper left corner. */
interface Canvas {
    /** Where a text stands from its position. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /** How a text runs. */
    enum Direction {
        RIGHT,
        UP
    }

    /** Forms of points. */
    enum Marker {
        CIRCLE,
        SQUARE,
        TRIANGLE
    }

    /**
     * How a text looks.
     *
     * @param size height of the font
     * @param colour such as {@code #0072b2}
     * @param anchor where it stands from its position
     * @param direction how it runs
     */
    record Style(int size, String colour, Anchor anchor, Direction direction) {}

    /** Draws a thin line. */
    void line(double x1, double y1, double x2, double y2, String colour);

    /** Draws a text at its base line. */
    void text(double x, double y, String words, Style style);

    /** Draws a point; a hollow one hides what is beneath as well. */
    void marker(Marker marker, Fill fill, double x, double y, String colour);
}
