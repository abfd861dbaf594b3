package org.tornadovit.device.opencl;

import org.tornadovit.device.Event;

/** The time of one command, from the start of its first event to the end of its last. */
final class OpenClEvent implements Event {
    private final long first;
    private final long last;
    private long startNanos;
    private long endNanos;

    OpenClEvent(long first, long last) {
        this.first = first;
        this.last = last;
    }

    @Override
    public long startNanos() {
        return startNanos;
    }

    @Override
    public long endNanos() {
        return endNanos;
    }

    /** Reads the times and releases the events; after the queue was finished. */
    void complete() {
        startNanos = Commands.startNanos(first);
        endNanos = Commands.endNanos(last);
        Commands.releaseEvent(first);
        if (last != first) {
            Commands.releaseEvent(last);
        }
    }
}
