package uk.ac.manchester.tornado.api.memory;

/** The memory of a device. */
public interface TornadoMemoryProvider {
    long getHeapSize();
}
