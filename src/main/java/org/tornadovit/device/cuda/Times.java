package org.tornadovit.device.cuda;

import java.util.ArrayList;
import java.util.List;
import org.tornadovit.device.Event;

/**
 * The times of the commands of a stream. The driver tells only how much time lies between two
 * events, so all are counted from the first one after the stream was last waited for, which is
 * given the host's time.
 */
final class Times {
    private final long stream;
    private final List<Long> events = new ArrayList<>();
    private final List<Span> spans = new ArrayList<>();
    private int used;
    private long begin;

    Times(long stream) {
        this.stream = stream;
    }

    /** The time of one command, known after the stream was waited for. */
    private static final class Span implements Event {
        private final long first;
        private final long last;
        private long start;
        private long end;

        Span(long first, long last) {
            this.first = first;
            this.last = last;
        }

        @Override
        public long startNanos() {
            return start;
        }

        @Override
        public long endNanos() {
            return end;
        }
    }

    /** {@return an event that happens when the commands given so far have run} */
    long record() {
        if (used == 0) {
            begin = System.nanoTime();
        }
        if (used == events.size()) {
            events.add(Resources.createTimedEvent());
        }
        long event = events.get(used++);
        Resources.record(event, stream);
        return event;
    }

    /** {@return the time between two events, once {@link #complete} was called} */
    Event span(long first, long last) {
        Span span = new Span(first, last);
        spans.add(span);
        return span;
    }

    /** Computes all times; the events have happened. */
    void complete() {
        for (Span span : spans) {
            span.start = begin + Resources.nanosBetween(events.getFirst(), span.first);
            span.end = begin + Resources.nanosBetween(events.getFirst(), span.last);
        }
        spans.clear();
        used = 0;
    }

    /** Releases the events. */
    void close() {
        events.forEach(Resources::destroyEvent);
        events.clear();
    }
}
