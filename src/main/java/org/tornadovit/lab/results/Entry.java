package org.tornadovit.lab.results;

import org.tornadovit.lab.experiment.Cell;

/** A line of a run's journal. */
public sealed interface Entry permits Row, PairRow, CeilingRow {
    /** {@return what was measured; of entries of the same kind and cell, one counts} */
    Cell cell();

    /** {@return the kind of entry, as the journal writes it} */
    String kind();

    /** {@return what the entry is worth} */
    Status status();

    /** {@return why the status is not ok; empty when it is} */
    String reason();

    /** {@return whether this counts instead of {@code earlier}, which is of the same cell} */
    default boolean replaces(Entry earlier) {
        return earlier.status() == Status.FAILED;
    }
}
