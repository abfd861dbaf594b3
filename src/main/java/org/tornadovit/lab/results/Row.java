package org.tornadovit.lab.results;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tornadovit.lab.experiment.Cell;

/**
 * A measured cell: every column has a value or the reason why it has none.
 *
 * @param cell what was measured
 * @param values text ({@code String}) or number ({@code Long} or {@code Double}) by column
 * @param missing the reason by column without a value
 * @param samplesMs duration of each timed pass
 * @param correct bit i tells whether test image i was classified correctly
 */
public record Row(
        Cell cell,
        Map<Column, Object> values,
        Map<Column, String> missing,
        double[] samplesMs,
        BitSet correct)
        implements Entry {

    /** Why the reference device has no parity. */
    public static final String REFERENCE = "the reference device itself";

    /** Copies the parts and checks that every column is accounted for. */
    public Row {
        values = Collections.unmodifiableMap(new EnumMap<>(values));
        missing =
                missing.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(missing));
        samplesMs = samplesMs.clone();
        correct = (BitSet) correct.clone();
        for (Column column : Column.values()) {
            if (values.containsKey(column) == missing.containsKey(column)) {
                throw new IllegalArgumentException(
                        column.header() + " needs either a value or the reason for having none");
            }
        }
        Status.of(String.valueOf(values.get(Column.STATUS)));
    }

    @Override
    public String kind() {
        return "row";
    }

    @Override
    public Status status() {
        return Status.of(String.valueOf(values.get(Column.STATUS)));
    }

    @Override
    public String reason() {
        return text(Column.REASON).orElse("");
    }

    /** {@return the text of a column, if it has one} */
    public Optional<String> text(Column column) {
        return Optional.ofNullable(values.get(column)).map(String::valueOf);
    }

    /** {@return the number of a column, if it has one} */
    public OptionalDouble number(Column column) {
        return values.get(column) instanceof Number number
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Row that
                && cell.equals(that.cell)
                && values.equals(that.values)
                && missing.equals(that.missing)
                && Arrays.equals(samplesMs, that.samplesMs)
                && correct.equals(that.correct);
    }

    @Override
    public int hashCode() {
        return Objects.hash(cell, values, missing, Arrays.hashCode(samplesMs), correct);
    }
}
