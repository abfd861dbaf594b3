package uk.ac.manchester.tornado.api.common;

import java.util.BitSet;

/** An iteration over the events of a task. */
public interface TornadoEvents {
    int cardinality();

    TornadoDevice getDevice();

    BitSet getProfiles();

    boolean hasNext();

    Event next();

    void reset();
}
