package org.tornadovit.device.cuda;

import java.util.concurrent.atomic.AtomicBoolean;
import org.tornadovit.device.Buffer;
import org.tornadovit.device.DeviceException;

/** Memory of one device. */
final class CudaBuffer implements Buffer, Owned {
    private final CudaDevice device;
    private final long address;
    private final long bytes;
    private final AtomicBoolean closed = new AtomicBoolean();

    CudaBuffer(CudaDevice device, long address, long bytes) {
        this.device = device;
        this.address = address;
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
            device.enter();
            Resources.free(address);
        }
    }

    /** {@return the address on the device} */
    long address() {
        return address;
    }

    /**
     * {@return {@code buffer} as a buffer of {@code device}}
     *
     * @throws DeviceException when it belongs to another device or was closed
     */
    static CudaBuffer of(Buffer buffer, CudaDevice device) {
        if (buffer instanceof CudaBuffer own && own.device == device) {
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
        return address + offset;
    }
}
