package uk.ac.manchester.tornado.api.memory;

import java.util.List;
import uk.ac.manchester.tornado.api.common.Access;
import uk.ac.manchester.tornado.api.exceptions.TornadoMemoryException;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** An object's memory on a device. Sizes and offsets in bytes. */
public interface XPUBuffer {
    void allocate(Object reference, long batchSize, Access access)
            throws TornadoOutOfMemoryException, TornadoMemoryException;

    long deallocate();

    int enqueueRead(
            long executionPlanId, Object reference, long hostOffset, int[] events, boolean useDeps);

    List<Integer> enqueueWrite(
            long executionPlanId,
            Object reference,
            long batchSize,
            long hostOffset,
            int[] events,
            boolean useDeps);

    long getBufferOffset();

    default int[] getIntBuffer() {
        throw new TornadoRuntimeException("this buffer holds no atomics: XPUBuffer.getIntBuffer");
    }

    int getSizeOfType();

    long getSizeSubRegionSize();

    void mapOnDeviceMemoryRegion(long executionPlanId, XPUBuffer srcPointer, long offset);

    void markAsFreeBuffer() throws TornadoMemoryException;

    void read(long executionPlanId, Object reference);

    int read(
            long executionPlanId,
            Object reference,
            long hostOffset,
            long partialReadSize,
            int[] events,
            boolean useDeps);

    void setBuffer(XPUBuffer.XPUBufferWrapper bufferWrapper);

    default void setIntBuffer(int[] arr) {
        throw new TornadoRuntimeException("this buffer holds no atomics: XPUBuffer.setIntBuffer");
    }

    void setSizeSubRegion(long batchSize);

    long size();

    long toBuffer();

    void write(long executionPlanId, Object reference);

    /** A device address and an offset into it. */
    class XPUBufferWrapper {
        /** The device's handle of the memory. */
        public final long buffer;

        /** The offset in bytes. */
        public long bufferOffset;

        /** Joins a handle and an offset. */
        public XPUBufferWrapper(long buffer, long bufferOffset) {
            this.buffer = buffer;
            this.bufferOffset = bufferOffset;
        }
    }
}
