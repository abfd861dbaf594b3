package org.tornadovit.device.opencl;

/** What a device made and releases when it is closed. */
sealed interface Owned extends AutoCloseable permits OpenClBuffer, OpenClProgram, OpenClQueue {
    /** Releases it; does nothing the second time. */
    @Override
    void close();
}
