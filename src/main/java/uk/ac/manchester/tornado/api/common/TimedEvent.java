package uk.ac.manchester.tornado.api.common;

/** A span of time between two readings of {@link System#nanoTime()}. */
public class TimedEvent {
    /** The first reading. */
    protected final long start;

    /** The second reading. */
    protected final long stop;

    /** Makes a span. */
    public TimedEvent(long t0, long t1) {
        this.start = t0;
        this.stop = t1;
    }

    /** {@return the first reading} */
    public long getStart() {
        return start;
    }

    /** {@return the second reading} */
    public long getStop() {
        return stop;
    }

    /** {@return the span in nanoseconds} */
    public long getNanoTime() {
        return stop - start;
    }

    /** {@return the span in seconds} */
    public double getTime() {
        return (stop - start) * 1e-9;
    }
}
