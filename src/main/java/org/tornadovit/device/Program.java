package org.tornadovit.device;

import java.util.List;

/** A compiled kernel of one device. Thread-safe. */
public interface Program extends AutoCloseable {
    /**
     * Binds arguments and grid once, so that a launch costs nothing but the launch.
     *
     * @param arguments in the order of the kernel's parameters
     * @param range the work-items to run
     */
    Launch bind(List<Argument> arguments, Range range);

    /** An argument of a kernel. */
    sealed interface Argument {
        /** Device memory of the same device. */
        record OfBuffer(Buffer buffer) implements Argument {}

        /** A number: Byte, Short, Integer, Long, Float or Double. */
        record OfScalar(Number value) implements Argument {}

        /** Memory shared by a work-group, {@code bytes} long. */
        record OfLocal(long bytes) implements Argument {}
    }

    /**
     * A kernel with its arguments, to be given to a queue of the same device many times. Closing it
     * gives its memory back before the program does; commands that were given keep running.
     */
    interface Launch extends AutoCloseable {
        @Override
        default void close() {}
    }

    @Override
    void close();
}
