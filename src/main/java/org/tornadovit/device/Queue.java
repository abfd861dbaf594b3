package org.tornadovit.device;

import java.lang.foreign.MemorySegment;

/**
 * Commands of one device, run in order. Used by one thread at a time. Commands may return before
 * they ran; {@link #finish} waits for all.
 */
public interface Queue extends AutoCloseable {
    /** Turns the recording of {@link Event} times on or off for the commands that follow. */
    void profile(boolean on);

    /**
     * Copies host memory to the device.
     *
     * @param source native or heap memory, not changed before {@link #finish}
     * @param offset first byte in {@code target}
     */
    Event write(MemorySegment source, Buffer target, long offset);

    /**
     * Copies device memory to the host; {@code target} is filled after {@link #finish}.
     *
     * @param offset first byte in {@code source}
     */
    Event read(Buffer source, long offset, MemorySegment target);

    /** Copies {@code bytes} bytes between buffers of this device. */
    Event copy(Buffer source, long sourceOffset, Buffer target, long targetOffset, long bytes);

    /** Runs a kernel. */
    Event launch(Program.Launch launch);

    /**
     * Waits for all commands.
     *
     * @throws DeviceException when one of them failed
     */
    void finish();

    @Override
    void close();
}
