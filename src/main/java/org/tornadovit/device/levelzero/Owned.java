package org.tornadovit.device.levelzero;

/** What a device made and releases when it is closed. */
sealed interface Owned extends AutoCloseable
        permits LevelZeroBuffer, LevelZeroProgram, LevelZeroQueue {
    /** Releases it; does nothing the second time. */
    @Override
    void close();
}
