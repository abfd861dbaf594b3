package org.tornadovit.lab.plot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tornadovit.lab.plot.ScatterPlot.Point;
import org.tornadovit.lab.plot.ScatterPlot.Series;
import org.tornadovit.lab.results.Column;
import org.tornadovit.lab.results.Row;

/** The plots of a run: what accuracy costs in compute and in time. */
public final class RunPlots {
    private RunPlots() {}

    /**
     * Accuracy against multiply-adds an image; a series is a family on a device.
     *
     * @param task name of the run's task
     * @param rows the rows of the run
     * @return the plot; empty when no accuracy was measured
     */
    public static Optional<ScatterPlot> compute(String task, List<Row> rows) {
        return plot(
                task + ": accuracy against compute",
                "GMAC an image (logarithmic)",
                rows,
                Column.GMACS_FORMULA,
                false);
    }

    /**
     * Accuracy against the median time of a forward pass over its batch.
     *
     * @param task name of the run's task
     * @param rows the rows of the run
     * @return the plot; empty when no accuracy was measured
     */
    public static Optional<ScatterPlot> latency(String task, List<Row> rows) {
        return plot(
                task + ": accuracy against latency",
                "median ms a forward pass (logarithmic)",
                rows,
                Column.LATENCY_MEDIAN,
                true);
    }

    private static Optional<ScatterPlot> plot(
            String title, String xLabel, List<Row> rows, Column x, boolean everyBatch) {
        Map<String, Map<String, Point>> series = new LinkedHashMap<>();
        for (Row row : rows) {
            if (!row.status().isFailure()
                    && row.number(x).isPresent()
                    && row.number(Column.TOP1).isPresent()) {
                String label =
                        row.cell().model()
                                + (everyBatch && row.cell().batch() > 1
                                        ? " b" + row.cell().batch()
                                        : "");
                series.computeIfAbsent(name(row), _ -> new LinkedHashMap<>())
                        .putIfAbsent(label, point(label, row, x));
            }
        }
        List<Series> drawn = new ArrayList<>();
        series.forEach((name, points) -> drawn.add(new Series(name, List.copyOf(points.values()))));
        return drawn.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new ScatterPlot(title, xLabel, "top-1 accuracy, 95 % interval", drawn));
    }

    private static String name(Row row) {
        return "%s, %s, %s"
                .formatted(
                        row.cell().device(),
                        row.text(Column.FAMILY).orElse("?"),
                        row.cell().precision().key());
    }

    private static Point point(String label, Row row, Column x) {
        double y = row.number(Column.TOP1).orElseThrow();
        return new Point(
                label,
                row.number(x).orElseThrow(),
                y,
                row.number(Column.TOP1_LOW).orElse(y),
                row.number(Column.TOP1_HIGH).orElse(y));
    }
}
