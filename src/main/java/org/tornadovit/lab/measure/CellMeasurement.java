package org.tornadovit.lab.measure;

import java.util.Optional;
import java.util.function.LongSupplier;
import org.tornadovit.lab.experiment.Cell;
import org.tornadovit.lab.experiment.Experiment;
import org.tornadovit.lab.experiment.Precision;
import org.tornadovit.lab.results.Column;
import org.tornadovit.lab.results.DeviceFacts;
import org.tornadovit.lab.results.Plain;
import org.tornadovit.lab.results.Row;
import org.tornadovit.lab.results.RowBuilder;
import org.tornadovit.lab.statistics.Sample;

/** Measures one cell: parity first, then time, then accuracy. */
final class CellMeasurement {
    private static final double GIGA = 1e9;
    private static final double MIB = 1 << 20;
    private static final int SPLIT_PASSES = 5;

    private final Experiment experiment;
    private final Bench bench;
    private final Evaluator evaluator;
    private final Reference reference;
    private final SpeedMeasurement speed;
    private final LongSupplier clock;
    private final String commit;
    private final String data;

    CellMeasurement(
            Experiment experiment,
            Bench bench,
            Evaluator evaluator,
            LongSupplier clock,
            String commit,
            String data) {
        this.experiment = experiment;
        this.bench = bench;
        this.evaluator = evaluator;
        this.reference = new Reference(experiment);
        this.speed = new SpeedMeasurement(experiment.timing(), clock);
        this.clock = clock;
        this.commit = commit;
        this.data = data;
    }

    /**
     * Measures a cell.
     *
     * @param cell what is measured
     * @param device its device
     * @param ceiling tells what the device can do
     * @param accuracySource fills the columns of accuracy
     * @return the row, also of a cell that failed
     */
    Row measure(Cell cell, DeviceFacts device, Ceiling ceiling, AccuracySource accuracySource) {
        RowBuilder row = new RowBuilder(cell);
        try {
            describe(row, device);
            Candidate candidate = bench.candidate(cell.model());
            describe(row, candidate);
            float[] expected =
                    isReference(cell) ? new float[0] : reference.logits(candidate, cell.batch());
            boolean fresh = PeakMemory.reset();
            long start = clock.getAsLong();
            try (Prepared prepared =
                    candidate.prepare(cell.device(), cell.batch(), cell.precision())) {
                row.number(Column.BUILD, (clock.getAsLong() - start) / 1e6);
                run(row, cell, candidate, prepared, expected);
                long macs = count(row, candidate, prepared);
                speed.measure(row, prepared, macs, ceiling);
                split(row, prepared);
                accuracySource.fill(row, () -> evaluate(candidate, prepared, row));
                memory(row, prepared, fresh);
            }
            return row.build();
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            return row.failed(Failure.sentence(e));
        }
    }

    /** Where a cell's accuracy comes from. */
    @FunctionalInterface
    interface AccuracySource {
        /** Fills the columns of accuracy, by {@code measure} if nothing else. */
        void fill(RowBuilder row, Runnable measure);
    }

    private boolean isReference(Cell cell) {
        return cell.device().equals(experiment.reference()) && cell.precision() == Precision.FP32;
    }

    private void describe(RowBuilder row, DeviceFacts device) {
        row.text(Column.DEVICE_NAME, device.description()).text(Column.DRIVER, device.driver());
        row.text(Column.COMMIT, commit);
        if (data.isEmpty()) {
            row.missing(Column.DATA, "the experiment uses no labelled images");
        } else {
            row.text(Column.DATA, data);
        }
    }

    private static void describe(RowBuilder row, Candidate candidate) {
        row.text(Column.FAMILY, candidate.family().key());
        row.text(Column.WEIGHTS, candidate.weights());
        row.count(Column.IMAGE_SIZE, candidate.imageSize());
        row.count(Column.PARAMETERS, candidate.parameters());
        row.number(Column.GMACS_FORMULA, candidate.macs() / GIGA);
    }

    private void run(
            RowBuilder row, Cell cell, Candidate candidate, Prepared prepared, float[] expected) {
        prepared.input(reference.input(candidate, cell.batch()));
        long start = clock.getAsLong();
        prepared.run();
        row.number(Column.FIRST_RUN, (clock.getAsLong() - start) / 1e6);
        float[] logits = prepared.logits();
        if (!Parity.finite(logits)) {
            row.rejected("a logit is NaN or infinite");
        }
        if (isReference(cell)) {
            reference.keep(candidate, cell.batch(), logits);
            row.missing(Column.PARITY, Row.REFERENCE);
        } else if (Parity.zero(expected)) {
            row.missing(Column.PARITY, "all logits of the reference are zero");
        } else {
            parity(row, cell, Parity.error(logits, expected));
        }
    }

    /** {@return multiply-adds of one image: those observed, else those of the formula} */
    private static long count(RowBuilder row, Candidate candidate, Prepared prepared) {
        Optional<Prepared.Work> observed = prepared.runAndCount();
        if (observed.isEmpty()) {
            row.missing(
                    "the runtime does not tell which tasks it ran",
                    Column.GMACS_COUNTED,
                    Column.STEM_MACS);
            return candidate.macs();
        }
        long macs = observed.get().macs();
        row.number(Column.GMACS_COUNTED, macs / GIGA);
        row.number(Column.STEM_MACS, (double) observed.get().stemMacs() / Math.max(1, macs));
        if (macs != candidate.macs()) {
            row.rejected(
                    "the executed tasks do %d MACs an image, the formula says %d"
                            .formatted(macs, candidate.macs()));
        }
        return macs;
    }

    private void parity(RowBuilder row, Cell cell, double error) {
        row.number(Column.PARITY, error);
        double limit = cell.precision().parity(experiment.parity());
        if (!(error <= limit)) {
            row.rejected(
                    "logits differ from those of %s by %s of the largest, more than %s"
                            .formatted(
                                    experiment.reference(),
                                    Double.isFinite(error) ? Plain.brief(error) : "infinity",
                                    Plain.number(limit)));
        }
    }

    private static void split(RowBuilder row, Prepared prepared) {
        double[] shares = new double[SPLIT_PASSES];
        for (int i = 0; i < SPLIT_PASSES; i++) {
            Prepared.Split split = prepared.runByParts();
            shares[i] = split.stemMs() / split.totalMs();
        }
        row.number(Column.STEM_TIME, new Sample(shares).median());
    }

    private void evaluate(Candidate candidate, Prepared prepared, RowBuilder row) {
        if (Parity.finite(prepared.logits())) {
            evaluator.evaluate(candidate, prepared, row);
        } else {
            row.missing("a logit is NaN or infinite", Evaluator.COLUMNS);
        }
    }

    private static void memory(RowBuilder row, Prepared prepared, boolean fresh) {
        var peak = PeakMemory.bytes();
        if (!fresh || peak.isEmpty()) {
            row.missing(Column.PEAK_RESIDENT, "the system does not tell");
        } else {
            row.number(Column.PEAK_RESIDENT, peak.getAsLong() / MIB);
        }
        if (prepared.deviceBytes() > 0) {
            row.number(Column.DEVICE_MEMORY, prepared.deviceBytes() / MIB);
        } else {
            row.missing(Column.DEVICE_MEMORY, "the runtime does not tell");
        }
    }
}
