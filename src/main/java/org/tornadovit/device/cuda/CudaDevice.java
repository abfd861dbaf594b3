package org.tornadovit.device.cuda;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.tornadovit.device.Buffer;
import org.tornadovit.device.Code;
import org.tornadovit.device.Device;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.OutOfMemoryException;
import org.tornadovit.device.Program;
import org.tornadovit.device.Queue;

/**
 * One device with its primary context, the one that other libraries of the process use as well. A
 * context belongs to threads, so each command makes it that of its thread first.
 */
final class CudaDevice implements Device {
    private final int handle;
    private final DeviceInfo info;
    private final long context;
    private final long fillStream;
    private final Staging staging = new Staging();
    private final AtomicLong allocated = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Set<Owned> resources = ConcurrentHashMap.newKeySet();

    CudaDevice(int handle, DeviceInfo info) {
        this.handle = handle;
        this.info = info;
        context = Resources.retain(handle);
        Resources.enter(context);
        fillStream = Resources.createStream();
    }

    @Override
    public DeviceInfo info() {
        return info;
    }

    @Override
    public Buffer allocate(long bytes) {
        checkOpen();
        if (bytes < 1) {
            throw new IllegalArgumentException("a buffer has at least 1 byte, not " + bytes);
        }
        try {
            CudaBuffer buffer = new CudaBuffer(this, Resources.allocate(bytes), bytes);
            allocated.addAndGet(bytes);
            resources.add(buffer);
            clear(buffer);
            return buffer;
        } catch (CudaException e) {
            throw e.is(Result.OUT_OF_MEMORY) ? outOfMemory(bytes) : e;
        }
    }

    private synchronized void clear(CudaBuffer buffer) {
        try {
            Resources.clear(buffer.address(), buffer.bytes(), fillStream);
            Resources.synchronize(fillStream);
        } catch (CudaException e) {
            buffer.close();
            throw e;
        }
    }

    @Override
    public Program load(Code code) {
        return load(code, "");
    }

    @Override
    public Program load(Code code, String flags) {
        checkOpen();
        if (!code.language().equals("ptx")) {
            throw new DeviceException(
                    "Device " + info.name() + " takes ptx, not " + code.language() + ".");
        }
        long module = Modules.load(code, JitOptions.parse(flags));
        try {
            CudaProgram program = new CudaProgram(this, module, code);
            resources.add(program);
            return program;
        } catch (DeviceException e) {
            Modules.unload(module);
            throw e;
        }
    }

    @Override
    public Queue newQueue() {
        checkOpen();
        CudaQueue queue = new CudaQueue(this, Resources.createStream(), staging);
        resources.add(queue);
        return queue;
    }

    @Override
    public int openResources() {
        return resources.size();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            enter();
            try {
                resources.forEach(Owned::close);
                staging.close();
                Resources.destroyStream(fillStream);
            } finally {
                Resources.release(handle);
            }
        }
    }

    /** Makes this device that of the calling thread. */
    void enter() {
        Resources.enter(context);
    }

    /** Forgets a resource that was closed, and the device memory that it held. */
    void forget(Owned resource, long bytes) {
        resources.remove(resource);
        allocated.addAndGet(-bytes);
    }

    /**
     * Checks that the device is open, and makes it that of the calling thread.
     *
     * @throws DeviceException when it was closed
     */
    void checkOpen() {
        if (closed.get()) {
            throw new DeviceException("Device " + info.name() + " was closed.");
        }
        enter();
    }

    private OutOfMemoryException outOfMemory(long bytes) {
        return new OutOfMemoryException(
                "Device %s has no room for a buffer of %,d bytes: of its %,d bytes %,d are free, and"
                                .formatted(info.name(), bytes, info.memory(), Resources.free())
                        + " this program uses %,d; use a smaller batch or model, or end other"
                                .formatted(allocated.get())
                        + " programs on the GPU.");
    }
}
