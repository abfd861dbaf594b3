package org.tornadovit.lab.measure;

import org.tornadovit.lab.results.Entry;

/** Is told how a comparison goes on. */
public interface Progress {
    /**
     * The comparison begins.
     *
     * @param steps number of entries to be measured
     */
    void begin(int steps);

    /**
     * An entry is about to be measured.
     *
     * @param label what it is, in words
     */
    void next(String label);

    /**
     * An entry was measured.
     *
     * @param entry the entry
     */
    void done(Entry entry);

    /** Nothing more is measured. */
    void end();

    /** Tells nobody. */
    Progress SILENT =
            new Progress() {
                @Override
                public void begin(int steps) {}

                @Override
                public void next(String label) {}

                @Override
                public void done(Entry entry) {}

                @Override
                public void end() {}
            };
}
