package org.tornadovit.lab.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.tornadovit.lab.experiment.Cell;
import org.tornadovit.lab.experiment.Experiment;
import org.tornadovit.lab.experiment.Pair;
import org.tornadovit.lab.experiment.Precision;
import org.tornadovit.lab.results.CeilingRow;
import org.tornadovit.lab.results.Column;
import org.tornadovit.lab.results.DeviceFacts;
import org.tornadovit.lab.results.Entry;
import org.tornadovit.lab.results.Journal;
import org.tornadovit.lab.results.Row;
import org.tornadovit.lab.results.RowBuilder;
import org.tornadovit.lab.results.RunFolder;
import org.tornadovit.lab.results.Status;

/**
 * Runs an experiment: every entry that the journal lacks, or has as failed only, is measured and
 * appended at once.
 */
public final class Comparison {
    private final Experiment experiment;
    private final Bench bench;
    private final RunFolder folder;
    private final Progress progress;
    private final CellMeasurement cells;
    private final PairMeasurement pairs;

    /** An entry to be measured. */
    private record Step(String kind, Cell cell, Supplier<Entry> measure) {}

    /**
     * Prepares a run.
     *
     * @param bench the devices and models
     * @param images labelled images, used only if the experiment asks for accuracy
     * @param folder where the run goes; its environment says what is measured
     * @param progress is told of every step
     * @param clock nanoseconds, monotonic
     */
    public Comparison(
            Bench bench,
            LabelledImages images,
            RunFolder folder,
            Progress progress,
            LongSupplier clock) {
        this.experiment = folder.environment().experiment();
        this.bench = bench;
        this.folder = folder;
        this.progress = progress;
        cells =
                new CellMeasurement(
                        experiment,
                        bench,
                        new Evaluator(experiment.accuracy(), images),
                        clock,
                        folder.environment().commit(),
                        folder.environment().data());
        pairs = new PairMeasurement(experiment, bench, clock);
    }

    /**
     * Measures what is not measured yet.
     *
     * @return all entries of the run, in the order they were measured
     */
    public List<Entry> run() {
        List<Step> steps = new ArrayList<>();
        for (DeviceFacts device : folder.environment().devices()) {
            plan(steps, device);
        }
        Journal journal = folder.journal();
        steps.removeIf(step -> isFinished(journal, step));
        progress.begin(steps.size());
        try {
            for (Step step : steps) {
                progress.next(step.cell().label());
                Entry entry = step.measure().get();
                journal.append(entry);
                progress.done(entry);
            }
        } finally {
            progress.end();
        }
        return List.copyOf(journal.entries());
    }

    /** What failed is tried again; what was rejected stays so, as it was measured. */
    private static boolean isFinished(Journal journal, Step step) {
        return journal.find(step.kind(), step.cell())
                .filter(entry -> entry.status() != Status.FAILED)
                .isPresent();
    }

    private void plan(List<Step> steps, DeviceFacts device) {
        Cell best = new Cell(device.name(), "ceiling", 1, Precision.FP32);
        steps.add(new Step("ceiling", best, () -> bench.ceiling(device.name())));
        for (Cell cell : experiment.cells(List.of(device.name()))) {
            steps.add(new Step("row", cell, () -> measure(cell, device)));
        }
        for (Pair pair : experiment.pairs()) {
            for (Precision precision : experiment.precisions()) {
                for (int batch : experiment.batches()) {
                    Cell cell = new Cell(device.name(), pair.name(), batch, precision);
                    steps.add(new Step("pair", cell, () -> pairs.measure(cell, pair)));
                }
            }
        }
    }

    private Row measure(Cell cell, DeviceFacts device) {
        Optional<Row> sibling =
                folder.journal().all(Row.class).stream()
                        .filter(row -> sameModel(row.cell(), cell))
                        .filter(row -> row.number(Column.TOP1).isPresent())
                        .findFirst();
        return cells.measure(
                cell,
                device,
                ceiling(device.name()),
                (row, measure) ->
                        sibling.ifPresentOrElse(known -> copyAccuracy(known, row), measure));
    }

    private Ceiling ceiling(String device) {
        return new Ceiling() {
            @Override
            public CeilingRow known() {
                return folder.journal().all(CeilingRow.class).stream()
                        .filter(c -> c.device().equals(device))
                        .findFirst()
                        .orElseThrow();
            }

            @Override
            public CeilingRow again() {
                CeilingRow measured = bench.ceiling(device);
                if (measured.replaces(known())) {
                    folder.journal().append(measured);
                }
                return known();
            }
        };
    }

    /** The same weights on the same device at the same precision: batch sizes share accuracy. */
    private static boolean sameModel(Cell one, Cell other) {
        return one.device().equals(other.device())
                && one.model().equals(other.model())
                && one.precision() == other.precision();
    }

    private static void copyAccuracy(Row known, RowBuilder row) {
        for (Column column : Evaluator.COLUMNS) {
            if (known.missing().containsKey(column)) {
                row.missing(column, known.missing().get(column));
            } else if (known.number(column).isPresent()) {
                copyNumber(known, row, column);
            } else {
                row.text(column, known.text(column).orElseThrow());
            }
        }
        row.correct(known.correct());
    }

    private static void copyNumber(Row known, RowBuilder row, Column column) {
        if (known.values().get(column) instanceof Long count) {
            row.count(column, count);
        } else {
            row.number(column, known.number(column).orElseThrow());
        }
    }

    /**
     * The rows of a run in the order of its experiment.
     *
     * @param folder the run
     * @return the rows measured so far
     */
    public static List<Row> rows(RunFolder folder) {
        List<String> devices =
                folder.environment().devices().stream().map(DeviceFacts::name).toList();
        List<Row> rows = new ArrayList<>();
        for (Cell cell : folder.environment().experiment().cells(devices)) {
            folder.journal()
                    .find("row", cell)
                    .ifPresent(entry -> {
                        if (entry instanceof Row row) {
                            rows.add(row);
                        }
                    });
        }
        return List.copyOf(rows);
    }

    /** {@return whether an entry of the run failed or was rejected} */
    public static boolean hasFailures(List<Entry> entries) {
        return entries.stream().anyMatch(entry -> entry.status().isFailure());
    }
}
