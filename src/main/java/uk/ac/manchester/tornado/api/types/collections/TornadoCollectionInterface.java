package uk.ac.manchester.tornado.api.types.collections;

import uk.ac.manchester.tornado.api.types.common.PrimitiveStorage;

import java.lang.foreign.MemorySegment;
import java.nio.Buffer;

/** A sequence of numbers or short vectors over one off-heap array. */
public interface TornadoCollectionInterface<T extends Buffer> extends PrimitiveStorage<T> {
    long getNumBytes();

    long getNumBytesWithHeader();

    MemorySegment getSegment();

    MemorySegment getSegmentWithHeader();
}
