package org.tornadovit.device.cuda;

/** What a device made and releases when it is closed. */
sealed interface Owned extends AutoCloseable permits CudaBuffer, CudaProgram, CudaQueue {
    /** Releases it; does nothing the second time. */
    @Override
    void close();
}
