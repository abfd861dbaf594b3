package org.tornadovit.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tornadovit.device.Buffer;

/** An array of the host with its memory on devices, which is zero until something writes it. */
final class DeviceArray {
    private final HostArray host;
    private final Map<LogicalDevice, Buffer> buffers = new LinkedHashMap<>(2);

    /** The device whose copy is the latest. */
    private @Nullable LogicalDevice holder;

    /** Whether kernels have prepared all they need of it, so that its memory was given back. */
    private boolean prepared;

    DeviceArray(HostArray host) {
        this.host = host;
    }

    HostArray host() {
        return host;
    }

    /** {@return the memory on a device, reserved when first asked for} */
    Buffer buffer(LogicalDevice device) {
        return buffers.computeIfAbsent(
                device, d -> d.toolchain().device().allocate(host.deviceBytes()));
    }

    /** {@return the memory on a device, null if there is none} */
    @Nullable Buffer existing(LogicalDevice device) {
        return buffers.get(device);
    }

    @Nullable LogicalDevice holder() {
        return holder;
    }

    void holder(LogicalDevice device) {
        holder = device;
    }

    boolean isPrepared() {
        return prepared;
    }

    /** Marks that the memory is needed no more, or anew. */
    void prepared(boolean done) {
        prepared = done;
    }

    /** {@return the bytes that were given back} */
    long close() {
        long bytes = buffers.size() * host.deviceBytes();
        buffers.values().forEach(Buffer::close);
        buffers.clear();
        holder = null;
        return bytes;
    }
}
