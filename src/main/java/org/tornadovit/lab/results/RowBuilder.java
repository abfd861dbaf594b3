package org.tornadovit.lab.results;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tornadovit.lab.experiment.Cell;

/** Collects a row while its cell is measured; not thread-safe. */
public final class RowBuilder {
    private final Cell cell;
    private final Map<Column, Object> values = new EnumMap<>(Column.class);
    private final Map<Column, String> missing = new EnumMap<>(Column.class);
    private final List<String> warnings = new ArrayList<>();
    private final List<String> rejections = new ArrayList<>();
    private final List<String> shortages = new ArrayList<>();
    private double[] samplesMs = {};
    private BitSet correct = new BitSet();

    /** Begins the row of {@code cell}. */
    public RowBuilder(Cell cell) {
        this.cell = cell;
        text(Column.DEVICE, cell.device());
        text(Column.MODEL, cell.model());
        text(Column.PRECISION, cell.precision().key());
        count(Column.BATCH, cell.batch());
    }

    /** Sets a column to text. */
    public RowBuilder text(Column column, String value) {
        return put(column, value);
    }

    /** Sets a column to a whole number. */
    public RowBuilder count(Column column, long value) {
        return put(column, value);
    }

    /** Sets a column to a number; one that is not finite leaves it empty. */
    public RowBuilder number(Column column, double value) {
        return Double.isFinite(value) ? put(column, value) : missing(column, "was " + value);
    }

    /** Leaves columns empty and says why. */
    public RowBuilder missing(String reason, Column... columns) {
        for (Column column : columns) {
            missing(column, reason);
        }
        return this;
    }

    /** Leaves a column empty and says why. */
    public RowBuilder missing(Column column, String reason) {
        values.remove(column);
        missing.put(column, reason);
        return this;
    }

    /** Keeps the durations of the timed passes. */
    public RowBuilder samples(double[] milliseconds) {
        samplesMs = milliseconds.clone();
        return this;
    }

    /** Keeps which test images were classified correctly. */
    public RowBuilder correct(BitSet images) {
        correct = (BitSet) images.clone();
        return this;
    }

    /** Notes that the measurement scatters. */
    public RowBuilder unstable(String reason) {
        warnings.add(reason);
        return this;
    }

    /** Notes that there are too few passes. */
    public RowBuilder tooFew(String reason) {
        shortages.add(reason);
        return this;
    }

    /** Notes that the measurement contradicts another. */
    public RowBuilder rejected(String reason) {
        rejections.add(reason);
        return this;
    }

    /** {@return the row of a cell that was measured} */
    public Row build() {
        Status status =
                !rejections.isEmpty()
                        ? Status.REJECTED
                        : !shortages.isEmpty()
                                ? Status.TOO_FEW
                                : warnings.isEmpty() ? Status.OK : Status.UNSTABLE;
        List<String> reasons = new ArrayList<>(rejections);
        reasons.addAll(shortages);
        reasons.addAll(warnings);
        return finish(status, String.join("; ", reasons));
    }

    /**
     * The row of a cell that broke off: what is not known by then stays empty.
     *
     * @param reason one sentence
     * @return the row
     */
    public Row failed(String reason) {
        for (Column column : Column.values()) {
            if (!values.containsKey(column) && !missing.containsKey(column)) {
                missing.put(column, "the cell failed");
            }
        }
        return finish(Status.FAILED, reason);
    }

    private Row finish(Status status, String reason) {
        put(Column.STATUS, status.key());
        if (reason.isEmpty()) {
            missing(Column.REASON, "nothing to report");
        } else {
            put(Column.REASON, reason);
        }
        return new Row(cell, values, missing, samplesMs, correct);
    }

    private RowBuilder put(Column column, Object value) {
        missing.remove(column);
        values.put(column, value);
        return this;
    }
}
