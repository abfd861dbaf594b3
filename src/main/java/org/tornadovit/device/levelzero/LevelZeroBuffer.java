package org.tornadovit.device.levelzero;

import java.util.concurrent.atomic.AtomicBoolean;
import org.tornadovit.device.Buffer;
import org.tornadovit.device.DeviceException;

/** Memory of one device. */
final class LevelZeroBuffer implements Buffer, Owned {
    private final LevelZeroDevice device;
    private final long pointer;
    private final long bytes;
    private final AtomicBoolean closed = new AtomicBoolean();

    LevelZeroBuffer(LevelZeroDevice device, long pointer, long bytes) {
        this.device = device;
        this.pointer = pointer;
        this.bytes = bytes;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            device.forget(this, bytes);
            device.free(pointer);
        }
    }

    /** {@return the address on the device} */
    long pointer() {
        return pointer;
    }

    /**
     * {@return {@code buffer} as a buffer of {@code device}}
     *
     * @throws DeviceException when it belongs to another device or was closed
     */
    static LevelZeroBuffer of(Buffer buffer, LevelZeroDevice device) {
        if (buffer instanceof LevelZeroBuffer own && own.device == device) {
            own.checkOpen();
            return own;
        }
        throw new DeviceException(
                "The buffer does not belong to device " + device.info().name() + ".");
    }

    /** Checks that the buffer was not closed. */
    void checkOpen() {
        if (closed.get()) {
            throw new DeviceException(
                    "A buffer of device " + device.info().name() + " is used after it was closed.");
        }
    }

    /** {@return the address of a part, which must lie in the buffer} */
    long part(long offset, long size) {
        if (offset < 0 || size < 0 || offset > bytes - size) {
            throw new IndexOutOfBoundsException(
                    "bytes %d to %d do not lie in a buffer of %d bytes"
                            .formatted(offset, offset + size, bytes));
        }
        return pointer + offset;
    }
}
