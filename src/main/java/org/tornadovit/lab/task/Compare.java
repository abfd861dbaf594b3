package org.tornadovit.lab.task;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.tornadovit.io.AtomicFile;
import org.tornadovit.io.image.RgbImage;
import org.tornadovit.lab.LabException;
import org.tornadovit.lab.experiment.Accuracy;
import org.tornadovit.lab.experiment.Experiment;
import org.tornadovit.lab.measure.Bench;
import org.tornadovit.lab.measure.Comparison;
import org.tornadovit.lab.measure.DatasetImages;
import org.tornadovit.lab.measure.Devices;
import org.tornadovit.lab.measure.LabelledImages;
import org.tornadovit.lab.measure.Machine;
import org.tornadovit.lab.measure.Progress;
import org.tornadovit.lab.plot.PngPlot;
import org.tornadovit.lab.plot.RunPlots;
import org.tornadovit.lab.plot.ScatterPlot;
import org.tornadovit.lab.plot.SvgPlot;
import org.tornadovit.lab.results.CsvTable;
import org.tornadovit.lab.results.DeviceFacts;
import org.tornadovit.lab.results.Entry;
import org.tornadovit.lab.results.Environment;
import org.tornadovit.lab.results.MarkdownTable;
import org.tornadovit.lab.results.Row;
import org.tornadovit.lab.results.RunFolder;

/** Runs an experiment from its first cell to its tables and plots. */
public final class Compare {
    /** Whether a run is begun or gone on with. */
    public enum Mode {
        /** A folder without a run gets one. */
        BEGIN,
        /** A run that was interrupted is finished. */
        RESUME
    }

    /**
     * A finished run.
     *
     * @param folder where it lies
     * @param rows its rows in the order of the table
     * @param page its table for readers
     * @param hasFailures whether an entry failed or was rejected
     * @param notes what else the user should know, a sentence each
     */
    public record Outcome(
            Path folder, List<Row> rows, String page, boolean hasFailures, List<String> notes) {
        /** Copies the lists. */
        public Outcome {
            rows = List.copyOf(rows);
            notes = List.copyOf(notes);
        }
    }

    private final Bench bench;
    private final Progress progress;
    private final LongSupplier clock;
    private final Path home;

    /**
     * Prepares comparisons.
     *
     * @param bench the devices and models
     * @param progress is told of every step
     * @param clock nanoseconds, monotonic
     * @param home folder of the sources, whose version goes into the tables
     */
    public Compare(Bench bench, Progress progress, LongSupplier clock, Path home) {
        this.bench = bench;
        this.progress = progress;
        this.clock = clock;
        this.home = home;
    }

    /**
     * Runs an experiment.
     *
     * @param experiment what is measured
     * @param path folder of the run
     * @param mode whether to begin or to go on
     * @return the run, its files written
     * @throws LabException when the run cannot be begun, gone on with or written
     */
    public Outcome run(Experiment experiment, Path path, Mode mode) {
        experiment.models().forEach(bench::requireModel);
        List<DeviceFacts> devices = bench.devices(experiment.devices());
        boolean all = experiment.reference().equals(Devices.ALL);
        if (all || bench.devices(List.of(experiment.reference())).size() != 1) {
            throw new LabException(
                    "reference must name one device, and '%s' stands for several."
                            .formatted(experiment.reference()));
        }
        if (experiment.accuracy().method() == Accuracy.Method.NONE) {
            return run(environment(experiment, devices, ""), path, mode, NO_IMAGES);
        }
        try (DatasetImages images = DatasetImages.open(experiment.accuracy().data())) {
            return run(environment(experiment, devices, images.digest()), path, mode, images);
        }
    }

    private Environment environment(Experiment experiment, List<DeviceFacts> devices, String data) {
        return new Environment(
                experiment,
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                Machine.commit(home),
                data,
                Machine.jdk(),
                Machine.system(),
                Machine.processor(),
                Runtime.getRuntime().availableProcessors(),
                Machine.memoryMib(),
                bench.inventory(),
                devices);
    }

    private Outcome run(Environment environment, Path path, Mode mode, LabelledImages images) {
        try (RunFolder folder =
                switch (mode) {
                    case BEGIN -> RunFolder.begin(path, environment);
                    case RESUME -> RunFolder.resume(path, environment);
                }) {
            List<Entry> entries = new Comparison(bench, images, folder, progress, clock).run();
            List<Row> rows = Comparison.rows(folder);
            String page = MarkdownTable.of(folder.environment(), folder.journal(), rows);
            folder.write("table.csv", CsvTable.of(rows));
            folder.write("table.md", page);
            List<String> notes = new ArrayList<>();
            String name = folder.environment().experiment().name();
            plot(folder, "accuracy-compute", RunPlots.compute(name, rows), notes);
            plot(folder, "accuracy-latency", RunPlots.latency(name, rows), notes);
            return new Outcome(path, rows, page, Comparison.hasFailures(entries), notes);
        }
    }

    private static void plot(
            RunFolder folder, String name, Optional<ScatterPlot> plot, List<String> notes) {
        if (plot.isEmpty()) {
            notes.add("No plot " + name + ": no accuracy was measured.");
            return;
        }
        folder.write(name + ".svg", SvgPlot.of(plot.get()));
        try {
            byte[] png = PngPlot.of(plot.get());
            AtomicFile.write(
                    folder.path().resolve(name + ".png"),
                    channel -> {
                        ByteBuffer bytes = ByteBuffer.wrap(png);
                        while (bytes.hasRemaining()) {
                            channel.write(bytes);
                        }
                    });
        } catch (LabException e) {
            notes.add(String.valueOf(e.getMessage()));
        }
    }

    private static final LabelledImages NO_IMAGES =
            new LabelledImages() {
                @Override
                public String digest() {
                    return "";
                }

                @Override
                public int classes() {
                    return 0;
                }

                @Override
                public int[] labels(Part part) {
                    return new int[0];
                }

                @Override
                public RgbImage image(Part part, int index) {
                    throw new IndexOutOfBoundsException(index);
                }
            };
}
