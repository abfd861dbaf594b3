package org.tornadovit.runtime;

import java.lang.foreign.MemorySegment;

/**
 * A part of an array of the host that moves along it: what a device holds of the array at a time.
 * Used by one thread at a time.
 */
final class Window {
    private final HostArray whole;
    private final int length;
    private long first;

    /**
     * Makes a window on the first elements.
     *
     * @param length its elements
     */
    Window(HostArray whole, int length) {
        this.whole = whole;
        this.length = length;
    }

    HostArray whole() {
        return whole;
    }

    int length() {
        return length;
    }

    /** Moves the window. */
    void moveTo(long element) {
        first = element;
    }

    /** {@return the bytes that the window shows} */
    MemorySegment memory() {
        long bytes = whole.element().bytes();
        return whole.memory().asSlice(first * bytes, length * bytes);
    }
}
