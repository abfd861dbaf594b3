package org.tornadovit.device.opencl;

import java.util.concurrent.atomic.AtomicBoolean;
import org.tornadovit.device.Buffer;
import org.tornadovit.device.DeviceException;

/** Memory of one device. */
final class OpenClBuffer implements Buffer, Owned {
    private final OpenClDevice device;
    private final long handle;
    private final long bytes;
    private final long reserved;
    private final AtomicBoolean closed = new AtomicBoolean();

    OpenClBuffer(OpenClDevice device, long handle, long bytes, long reserved) {
        this.device = device;
        this.handle = handle;
        this.bytes = bytes;
        this.reserved = reserved;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            device.forget(this, reserved);
            Resources.releaseBuffer(handle);
        }
    }

    /** {@return the buffer for the driver} */
    long handle() {
        return handle;
    }

    /** {@return the size the driver knows, in bytes; at least {@link #bytes}} */
    long reserved() {
        return reserved;
    }

    /**
     * {@return {@code buffer} as a buffer of {@code device}}
     *
     * @throws DeviceException when it belongs to another device or was closed
     */
    static OpenClBuffer of(Buffer buffer, OpenClDevice device) {
        if (buffer instanceof OpenClBuffer own && own.device == device) {
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

    /** Checks that a part lies in the buffer. */
    void checkPart(long offset, long size) {
        if (offset < 0 || size < 0 || offset > bytes - size) {
            throw new IndexOutOfBoundsException(
                    "bytes %d to %d do not lie in a buffer of %d bytes"
                            .formatted(offset, offset + size, bytes));
        }
    }
}
