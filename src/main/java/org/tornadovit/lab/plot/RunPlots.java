package org.tornadovit.lab.plot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.tornadovit.lab.plot.ScatterPlot.Fill;
import org.tornadovit.lab.plot.ScatterPlot.Point;
import org.tornadovit.lab.plot.ScatterPlot.Series;
import org.tornadovit.lab.plot.ScatterPlot.Span;
import org.tornadovit.lab.results.Column;
import org.tornadovit.lab.results.Row;
import org.tornadovit.lab.results.Status;

/** The plots of a run: what accuracy costs in compute and in time. */
public final class RunPlots {
    /** Where a row stands along the horizontal axis. */
    private record Place(Span x, Fill fill) {}

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
                RunPlots::compute,
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
                "median ms a forward pass, 95 % interval (logarithmic)",
                rows,
                RunPlots::latency,
                true);
    }

    private static Optional<ScatterPlot> plot(
            String title,
            String xLabel,
            List<Row> rows,
            Function<Row, Optional<Place>> place,
            boolean everyBatch) {
        Map<String, Map<String, Point>> series = new LinkedHashMap<>();
        for (Row row : rows) {
            if (!row.status().isFailure()
                    && place.apply(row).isPresent()
                    && row.number(Column.TOP1).isPresent()) {
                String label =
                        row.cell().model()
                                + (everyBatch && row.cell().batch() > 1
                                        ? " b" + row.cell().batch()
                                        : "");
                series.computeIfAbsent(name(row), _ -> new LinkedHashMap<>())
                        .putIfAbsent(label, point(label, row, place.apply(row).orElseThrow()));
            }
        }
        List<Series> drawn = new ArrayList<>();
        series.forEach((name, points) -> drawn.add(new Series(name, List.copyOf(points.values()))));
        return drawn.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new ScatterPlot(
                                title,
                                xLabel,
                                "top-1 accuracy, 95 % interval",
                                drawn,
                                "hollow: unstable"));
    }

    private static String name(Row row) {
        return "%s, %s, %s"
                .formatted(
                        row.cell().device(),
                        row.text(Column.FAMILY).orElse("?"),
                        row.cell().precision().key());
    }

    /** The cost is counted, not timed, so that nothing about it is doubtful. */
    private static Optional<Place> compute(Row row) {
        OptionalDouble macs = row.number(Column.GMACS_FORMULA);
        return macs.isPresent()
                ? Optional.of(new Place(Span.of(macs.getAsDouble()), Fill.SOLID))
                : Optional.empty();
    }

    private static Optional<Place> latency(Row row) {
        OptionalDouble median = row.number(Column.LATENCY_MEDIAN);
        return median.isPresent()
                ? Optional.of(
                        new Place(
                                span(
                                        row,
                                        median.getAsDouble(),
                                        Column.LATENCY_LOW,
                                        Column.LATENCY_HIGH),
                                row.status() == Status.OK ? Fill.SOLID : Fill.HOLLOW))
                : Optional.empty();
    }

    private static Point point(String label, Row row, Place place) {
        double top1 = row.number(Column.TOP1).orElseThrow();
        Span y = span(row, top1, Column.TOP1_LOW, Column.TOP1_HIGH);
        return new Point(label, place.x(), y, place.fill());
    }

    private static Span span(Row row, double at, Column low, Column high) {
        return new Span(at, row.number(low).orElse(at), row.number(high).orElse(at));
    }
}
