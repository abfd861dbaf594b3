package org.tornadovit.lab.plot;

/** Plots as SVG, for documents. */
public final class SvgPlot {
    private SvgPlot() {}

    /**
     * Draws a plot.
     *
     * @param plot what is drawn
     * @return a whole SVG 1.1 document, the same for the same plot
     */
    public static String of(ScatterPlot plot) {
        SvgCanvas canvas = new SvgCanvas(Drawing.WIDTH, Drawing.HEIGHT);
        Drawing.draw(plot, canvas);
        return canvas.document();
    }

    /** {@return the document of a plot of curves, the same for the same plot} */
    public static String of(CurvePlot plot) {
        SvgCanvas canvas = new SvgCanvas(Drawing.WIDTH, Drawing.HEIGHT);
        CurveDrawing.draw(plot, canvas);
        return canvas.document();
    }
}
