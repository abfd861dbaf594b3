package org.tornadovit.device;

/** One device. Thread-safe; {@link #close} releases everything that was made by it. */
public interface Device extends AutoCloseable {
    /** {@return what the device is and can do} */
    DeviceInfo info();

    /**
     * Reserves device memory, filled with zeros.
     *
     * @param bytes size, at least 1
     * @throws DeviceException when the device has not enough memory
     */
    Buffer allocate(long bytes);

    /**
     * Compiles code for this device.
     *
     * @throws CompileException with the source and the build log
     */
    Program load(Code code);

    /**
     * Compiles code for this device.
     *
     * @param flags options for the driver's compiler, in its own language; may be empty
     * @throws DeviceException when there are flags and no compiler that takes them
     */
    default Program load(Code code, String flags) {
        if (!flags.isEmpty()) {
            throw new DeviceException(
                    "device " + info().name() + " has no compiler that takes flags: " + flags);
        }
        return load(code);
    }

    /** {@return a new in-order queue} */
    Queue newQueue();

    /**
     * {@return the number of buffers, programs, launches and queues that are not closed; 0 where
     * nobody counts them}
     */
    default int openResources() {
        return 0;
    }

    @Override
    void close();
}
