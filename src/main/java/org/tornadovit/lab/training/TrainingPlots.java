package org.tornadovit.lab.training;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.tornadovit.io.AtomicFile;
import org.tornadovit.lab.LabException;
import org.tornadovit.lab.experiment.TrainingTask;
import org.tornadovit.lab.plot.CurvePlot;
import org.tornadovit.lab.plot.CurvePlot.Curve;
import org.tornadovit.lab.plot.PngPlot;
import org.tornadovit.lab.plot.ScatterPlot;
import org.tornadovit.lab.plot.ScatterPlot.Fill;
import org.tornadovit.lab.plot.ScatterPlot.Point;
import org.tornadovit.lab.plot.ScatterPlot.Series;
import org.tornadovit.lab.plot.ScatterPlot.Span;
import org.tornadovit.lab.plot.SvgPlot;
import org.tornadovit.lab.statistics.Interval;
import tools.jackson.databind.JsonNode;

/** The plots of a training task: learning curves, and accuracy against training compute. */
final class TrainingPlots {
    /** A loss is drawn as the mean of so many parts of a run. */
    private static final int PARTS = 60;

    private TrainingPlots() {}

    /**
     * Writes every plot that there are numbers for, as SVG and PNG.
     *
     * @return what could not be drawn and why, a sentence each
     */
    static List<String> write(TrainingTask task, Path path, List<TrialResult> results) {
        List<String> notes = new ArrayList<>();
        List<TrialResult> whole = results.stream().filter(TrialResult::isWhole).toList();
        if (whole.isEmpty()) {
            notes.add("No plots: no run ended as it should.");
            return notes;
        }
        List<Curve> losses = new ArrayList<>();
        List<Curve> heldOut = new ArrayList<>();
        for (TrialResult result : whole) {
            List<JsonNode> lines = lines(path, result.trial());
            losses.add(new Curve(result.trial().key(), losses(lines)));
            heldOut.add(new Curve(result.trial().key(), points(lines, "held_out")));
        }
        CurvePlot loss =
                new CurvePlot(task.name() + ": loss", "epoch", "mean training loss", losses);
        write(path, "loss", SvgPlot.of(loss), () -> PngPlot.of(loss), notes);
        if (heldOut.stream().anyMatch(curve -> curve.points().size() > 1)) {
            CurvePlot accuracy =
                    new CurvePlot(
                            task.name() + ": accuracy while training",
                            "epoch",
                            "top-1 on held-out images",
                            heldOut);
            write(path, "held-out", SvgPlot.of(accuracy), () -> PngPlot.of(accuracy), notes);
        }
        ScatterPlot compute = compute(task, Group.of(whole));
        write(path, "accuracy-compute", SvgPlot.of(compute), () -> PngPlot.of(compute), notes);
        return notes;
    }

    private static List<JsonNode> lines(Path path, Trial trial) {
        Path folder = path.resolve("trials").resolve(trial.key());
        try (JsonLines steps = JsonLines.open(new TrialFolder(folder).steps(), _ -> true)) {
            return steps.lines();
        }
    }

    private static List<CurvePlot.Point> losses(List<JsonNode> lines) {
        List<CurvePlot.Point> all = points(lines, "loss");
        int width = Math.max(1, all.size() / PARTS);
        List<CurvePlot.Point> means = new ArrayList<>();
        for (int from = 0; from < all.size(); from += width) {
            List<CurvePlot.Point> part = all.subList(from, Math.min(from + width, all.size()));
            means.add(
                    new CurvePlot.Point(
                            part.getLast().x(),
                            part.stream().mapToDouble(CurvePlot.Point::y).average().orElseThrow()));
        }
        return means;
    }

    private static List<CurvePlot.Point> points(List<JsonNode> lines, String key) {
        return lines.stream()
                .filter(line -> line.has(key))
                .map(line ->
                        new CurvePlot.Point(
                                line.path("epoch").asDouble(), line.path(key).asDouble()))
                .toList();
    }

    private static ScatterPlot compute(TrainingTask task, List<Group> groups) {
        Map<String, List<Point>> families = new LinkedHashMap<>();
        for (Group group : groups) {
            Interval interval = interval(group);
            double at = group.top1().value();
            families.computeIfAbsent(group.first().family(), _ -> new ArrayList<>())
                    .add(
                            new Point(
                                    group.label(),
                                    Span.of(group.flop() / 1e9),
                                    new Span(
                                            at,
                                            Math.min(at, interval.low()),
                                            Math.max(at, interval.high())),
                                    Fill.SOLID));
        }
        List<Series> series = new ArrayList<>();
        families.forEach((family, points) -> series.add(new Series(family, points)));
        return new ScatterPlot(
                task.name() + ": accuracy against training compute",
                "GFLOP of training (logarithmic)",
                "top-1 on test images, 95 % interval",
                series,
                "");
    }

    /** {@return the interval over seeds, or over images where there is one seed; within [0, 1]} */
    static Interval interval(Group group) {
        if (group.results().size() == 1) {
            return group.first().interval();
        }
        Interval seeds = group.top1().interval();
        return new Interval(Math.max(0, seeds.low()), Math.min(1, seeds.high()), seeds.level());
    }

    private static void write(
            Path path, String name, String svg, Supplier<byte[]> png, List<String> notes) {
        AtomicFile.writeText(path.resolve(name + ".svg"), svg);
        try {
            ByteBuffer bytes = ByteBuffer.wrap(png.get());
            AtomicFile.write(
                    path.resolve(name + ".png"),
                    channel -> AtomicFile.writeFully(channel, bytes.duplicate()));
        } catch (LabException e) {
            if (!notes.contains(String.valueOf(e.getMessage()))) {
                notes.add(String.valueOf(e.getMessage()));
            }
        }
    }
}
