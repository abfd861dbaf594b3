package org.tornadovit.runtime;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What a device that holds all of an array would keep of it from one execution to the next: zeros
 * at first. Without it, a batch would start with the elements of the batch before.
 */
final class Kept {
    private final HostArray host;
    private final MemorySegment contents;

    Kept(HostArray host) {
        this.host = host;
        this.contents = Arena.ofAuto().allocate(host.memory().byteSize(), Long.BYTES);
    }

    /** Gives the array of the host its contents before an execution. */
    void restore() {
        host.memory().copyFrom(contents);
        host.unpack();
    }

    /** Takes the contents after an execution. */
    void remember() {
        host.pack();
        contents.copyFrom(host.memory());
    }

    /** Starts with zeros again, as memory does that a failure has closed. */
    void forget() {
        contents.fill((byte) 0);
    }
}
