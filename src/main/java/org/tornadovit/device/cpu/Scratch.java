package org.tornadovit.device.cpu;

import org.tornadovit.device.OutOfMemoryException;

/** Working memory of one thread; grows and never shrinks. */
final class Scratch implements AutoCloseable {
    private long bytes = 4096;
    private Block block = reserve(bytes);

    /** {@return the address of at least {@code wanted} bytes with any contents} */
    long atLeast(long wanted) {
        if (wanted > bytes) {
            block.free();
            bytes = wanted;
            block = reserve(wanted);
        }
        return block.address();
    }

    private static Block reserve(long bytes) {
        Block block = Block.allocate(bytes);
        if (block.isMissing()) {
            throw new OutOfMemoryException(
                    "no memory for "
                            + bytes
                            + " bytes of private and local arrays of one thread of device jvm");
        }
        return block;
    }

    @Override
    public void close() {
        block.free();
    }
}
