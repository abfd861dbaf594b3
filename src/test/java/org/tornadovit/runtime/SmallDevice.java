package org.tornadovit.runtime;

import java.util.Set;
import org.tornadovit.device.Buffer;
import org.tornadovit.device.Code;
import org.tornadovit.device.Device;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.OutOfMemoryException;
import org.tornadovit.device.Program;
import org.tornadovit.device.Queue;
import org.tornadovit.device.none.NoneDevice;

/** A device that compiles only, with chosen features and 1 KiB of memory. */
final class SmallDevice implements Device {
    private static final long MEMORY = 1024;

    private final NoneDevice device = new NoneDevice();
    private final DeviceInfo info;

    SmallDevice(Set<DeviceInfo.Feature> features) {
        DeviceInfo all = device.info();
        info =
                new DeviceInfo(
                        all.name(),
                        all.backend(),
                        all.kind(),
                        all.vendor(),
                        all.model(),
                        all.driver(),
                        all.language(),
                        all.computeUnits(),
                        all.clockMegahertz(),
                        MEMORY,
                        MEMORY,
                        all.localMemory(),
                        all.maxGroup(),
                        all.maxGroupX(),
                        all.maxGroupY(),
                        all.maxGroupZ(),
                        all.vectorBits(),
                        all.vectorRegisters(),
                        all.sharesHostMemory(),
                        features);
    }

    @Override
    public DeviceInfo info() {
        return info;
    }

    @Override
    public Buffer allocate(long bytes) {
        if (bytes > MEMORY) {
            throw new OutOfMemoryException("no room for " + bytes + " bytes");
        }
        return device.allocate(bytes);
    }

    @Override
    public Program load(Code code) {
        return device.load(code);
    }

    @Override
    public Queue newQueue() {
        return device.newQueue();
    }

    @Override
    public void close() {
        device.close();
    }
}
