package org.tornadovit.lab.results;

import org.tornadovit.lab.experiment.Cell;

/** A line of a run's journal. */
public sealed interface Entry permits Row, PairRow, CeilingRow {
    /** {@return what was measured; a journal holds at most one entry of the same kind and cell} */
    Cell cell();

    /** {@return the kind of entry, as the journal writes it} */
    String kind();

    /** {@return what the entry is worth} */
    Status status();

    /** {@return why the status is not ok; empty when it is} */
    String reason();
}
