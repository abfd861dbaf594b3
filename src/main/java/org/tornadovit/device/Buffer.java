package org.tornadovit.device;

/** Memory of one device; a closed buffer must not be used. Closing twice is allowed. */
public interface Buffer extends AutoCloseable {
    /** {@return the size in bytes} */
    long bytes();

    @Override
    void close();
}
