package uk.ac.manchester.tornado.api.types.common;

import java.io.Serializable;
import java.nio.Buffer;

/** A type whose numbers can be read and written through an NIO buffer. */
public interface PrimitiveStorage<T extends Buffer> extends Serializable {
    T asBuffer();

    void loadFromBuffer(T buffer);

    int size();
}
