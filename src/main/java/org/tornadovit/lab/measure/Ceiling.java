package org.tornadovit.lab.measure;

import org.tornadovit.lab.results.CeilingRow;

/** What a device can do at best, as far as it was measured. */
interface Ceiling {
    /** {@return the best measured so far in this run} */
    CeilingRow known();

    /**
     * Measures once more, because a model did better than what was known.
     *
     * @return the best measured so far, this time included
     */
    CeilingRow again();
}
