package uk.ac.manchester.tornado.api.memory;

/** The state of an object's copy on one device. */
public interface DeviceBufferState {
    long getPartialCopySize();

    XPUBuffer getXPUBuffer();

    boolean hasContent();

    boolean hasObjectBuffer();

    boolean isAtomicRegionPresent();

    boolean isBufferReused();

    boolean isLockedBuffer();

    void markBufferAsReused();

    void setAtomicRegion();

    void setContents(boolean value);

    void setPartialCopySize(long partialCopySize);

    void setXPUBuffer(XPUBuffer value);
}
