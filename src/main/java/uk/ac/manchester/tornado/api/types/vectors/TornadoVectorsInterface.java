package uk.ac.manchester.tornado.api.types.vectors;

import uk.ac.manchester.tornado.api.types.common.PrimitiveStorage;

import java.nio.Buffer;

/** A short vector. */
public interface TornadoVectorsInterface<T extends Buffer> extends PrimitiveStorage<T> {
    long getNumBytes();
}
