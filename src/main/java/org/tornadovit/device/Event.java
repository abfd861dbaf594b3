package org.tornadovit.device;

/** When a command of a profiling queue ran, in nanoseconds of the device's clock. */
public interface Event {
    /** A command of a queue that does not profile: takes no time. */
    Event NONE =
            new Event() {
                @Override
                public long startNanos() {
                    return 0;
                }

                @Override
                public long endNanos() {
                    return 0;
                }
            };

    /** {@return when the command started; valid after the queue was finished} */
    long startNanos();

    /** {@return when the command ended; valid after the queue was finished} */
    long endNanos();
}
