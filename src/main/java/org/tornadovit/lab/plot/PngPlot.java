package org.tornadovit.lab.plot;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.tornadovit.lab.LabException;
import org.tornadovit.lab.plot.ScatterPlot.Point;
import org.tornadovit.lab.plot.ScatterPlot.Series;

/** Draws a plot as PNG, for places that show no SVG; points are told apart by the legend. */
public final class PngPlot {
    private PngPlot() {}

    /**
     * Draws a plot.
     *
     * @param plot what is drawn
     * @return the bytes of a PNG file
     * @throws LabException when the system has no fonts to draw text with
     */
    public static byte[] of(ScatterPlot plot) {
        try {
            return ChartEncoder.getBytes(chart(plot), "png");
        } catch (IOException e) {
            throw new UncheckedIOException("A byte array cannot be full", e);
        } catch (LinkageError | InternalError e) {
            throw new LabException(
                    "No PNG plots: Java finds no fonts (install fontconfig and a font).", e);
        }
    }

    private static XYChart chart(ScatterPlot plot) {
        XYChart chart =
                new XYChartBuilder()
                        .width(900)
                        .height(560)
                        .title(plot.title())
                        .xAxisTitle(plot.xLabel())
                        .yAxisTitle(plot.yLabel())
                        .build();
        Axis x = horizontal(plot);
        chart.getStyler()
                .setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter)
                .setXAxisLogarithmic(true)
                .setXAxisMin(x.low())
                .setXAxisMax(x.high())
                .setLegendPosition(LegendPosition.OutsideE);
        for (Series series : plot.series()) {
            int n = series.points().size();
            double[] xs = new double[n];
            double[] ys = new double[n];
            double[] errors = new double[n];
            for (int i = 0; i < n; i++) {
                Point point = series.points().get(i);
                xs[i] = point.x();
                ys[i] = point.y();
                errors[i] = (point.high() - point.low()) / 2;
            }
            chart.addSeries(series.name(), xs, ys, errors);
        }
        return chart;
    }

    private static Axis horizontal(ScatterPlot plot) {
        var xs = plot.points().stream().mapToDouble(Point::x).summaryStatistics();
        return Axis.logarithmic(xs.getMin(), xs.getMax(), 0, 1);
    }
}
