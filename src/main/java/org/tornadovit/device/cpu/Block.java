package org.tornadovit.device.cpu;

/** Zeroed native memory, aligned to cache lines. */
final class Block {
    private static final long ALIGNMENT = 64;

    /** No memory. */
    static final Block NONE = new Block(0);

    private final long block;
    private final long address;
    private boolean open = true;

    private Block(long block) {
        this.block = block;
        this.address = (block + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /** {@return a block whose address is 0 when there is not enough memory} */
    static Block allocate(long bytes) {
        return new Block(NativeHeap.allocate(bytes + ALIGNMENT));
    }

    boolean isMissing() {
        return block == 0;
    }

    long address() {
        return address;
    }

    synchronized boolean free() {
        boolean first = open;
        if (first) {
            open = false;
            NativeHeap.free(block);
        }
        return first;
    }
}
