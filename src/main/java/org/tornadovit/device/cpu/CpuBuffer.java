package org.tornadovit.device.cpu;

import java.util.function.Consumer;
import org.tornadovit.device.Buffer;

/** Native memory of this process. */
final class CpuBuffer implements Buffer {
    private final Block block;
    private final long bytes;
    private final Consumer<CpuBuffer> onClose;
    private volatile boolean open = true;

    CpuBuffer(Block block, long bytes, Consumer<CpuBuffer> onClose) {
        this.block = block;
        this.bytes = bytes;
        this.onClose = onClose;
    }

    /** {@return the first byte; fails on a closed buffer} */
    long address() {
        if (!open) {
            throw new IllegalStateException("a closed buffer of device jvm was used");
        }
        return block.address();
    }

    /** {@return the address of {@code length} bytes from {@code offset} on} */
    long address(long offset, long length) {
        java.util.Objects.checkFromIndexSize(offset, length, bytes);
        return address() + offset;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        open = false;
        if (block.free()) {
            onClose.accept(this);
        }
    }
}
