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

    /** {@return a new in-order queue} */
    Queue newQueue();

    @Override
    void close();
}
