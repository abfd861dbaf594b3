package uk.ac.manchester.tornado.api;

import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * A part of an array for a copy from the device to the host, in elements.
 *
 * <p>The default is the whole array.
 */
public class DataRange {
    private final TornadoNativeArray tornadoNativeArray;
    private long offset;
    private long partialSize;

    /** Makes a range over the whole array. */
    public DataRange(TornadoNativeArray tornadoNativeArray) {
        this.tornadoNativeArray = tornadoNativeArray;
    }

    /** Starts the range at an element. */
    public DataRange withOffset(long offset) {
        this.offset = offset;
        return this;
    }

    /** Ends the range after so many elements. */
    public DataRange withSize(long size) {
        this.partialSize = size;
        return this;
    }

    /** Gives a range without a size the elements from its offset on. */
    public void materialize() {
        if (partialSize == 0) {
            partialSize = tornadoNativeArray.getSize() - offset;
        }
        if (offset < 0 || partialSize < 0 || offset + partialSize > tornadoNativeArray.getSize()) {
            throw new TornadoRuntimeException(
                    "the range of "
                            + partialSize
                            + " elements from "
                            + offset
                            + " lies outside the array of "
                            + tornadoNativeArray.getSize());
        }
    }

    /** {@return the array} */
    public TornadoNativeArray getArray() {
        return tornadoNativeArray;
    }

    /** {@return the first element} */
    public long getOffset() {
        return offset;
    }

    /** {@return the number of elements, 0 before {@link #materialize()} if none was given} */
    public long getPartialSize() {
        return partialSize;
    }
}
