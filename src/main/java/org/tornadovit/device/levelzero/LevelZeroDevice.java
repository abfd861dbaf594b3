package org.tornadovit.device.levelzero;

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

/** One device with a context of its own. */
final class LevelZeroDevice implements Device {
    private final long handle;
    private final DeviceInfo info;
    private final long context;
    private final int queues;
    private final long fillList;
    private final AtomicLong allocated = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Set<Owned> resources = ConcurrentHashMap.newKeySet();

    LevelZeroDevice(long driver, long handle, DeviceInfo info) {
        this.handle = handle;
        this.info = info;
        queues = Queries.computeQueues(handle);
        context = Resources.createContext(driver);
        fillList = listOrNoContext();
    }

    /** The first command list; without it there is no device that would destroy the context. */
    private long listOrNoContext() {
        try {
            return Resources.createList(context, handle, queues);
        } catch (LevelZeroException e) {
            Resources.destroyContext(context);
            throw e;
        }
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
        if (bytes > info.maxAllocation() || allocated.get() + bytes > info.memory()) {
            throw outOfMemory(bytes);
        }
        try {
            long pointer = Resources.allocate(context, handle, bytes);
            LevelZeroBuffer buffer = new LevelZeroBuffer(this, pointer, bytes);
            allocated.addAndGet(bytes);
            resources.add(buffer);
            clear(buffer);
            return buffer;
        } catch (LevelZeroException e) {
            if (e.isOutOfMemory()) {
                throw outOfMemory(bytes);
            }
            throw e;
        }
    }

    private synchronized void clear(LevelZeroBuffer buffer) {
        try {
            Resources.clear(fillList, buffer.pointer(), buffer.bytes());
        } catch (LevelZeroException e) {
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
        if (!(code instanceof Code.Binary binary) || !code.language().equals("spirv")) {
            throw new DeviceException(
                    "Device " + info.name() + " takes spirv, not " + code.language() + ".");
        }
        long module = Modules.create(context, handle, binary, flags);
        LevelZeroProgram program = new LevelZeroProgram(this, module, code.entry());
        resources.add(program);
        return program;
    }

    @Override
    public Queue newQueue() {
        checkOpen();
        long list = Resources.createList(context, handle, queues);
        LevelZeroQueue queue = new LevelZeroQueue(this, list);
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
            Closing closing = new Closing();
            resources.forEach(resource -> closing.run(resource::close));
            closing.run(() -> Resources.destroyList(fillList));
            closing.run(() -> Resources.destroyContext(context));
            closing.end();
        }
    }

    /** Gives memory back to the driver. */
    void free(long pointer) {
        Resources.free(context, pointer);
    }

    /** Forgets a resource that was closed, and the device memory that it held. */
    void forget(Owned resource, long bytes) {
        resources.remove(resource);
        allocated.addAndGet(-bytes);
    }

    /**
     * Checks that the device is open.
     *
     * @throws DeviceException when it was closed
     */
    void checkOpen() {
        if (closed.get()) {
            throw new DeviceException("Device " + info.name() + " was closed.");
        }
    }

    private OutOfMemoryException outOfMemory(long bytes) {
        return new OutOfMemoryException(
                "Device %s has no room for a buffer of %,d bytes: it has %,d bytes, %,d in use, and"
                                .formatted(info.name(), bytes, info.memory(), allocated.get())
                        + " its largest buffer is %,d bytes; use a smaller batch or model."
                                .formatted(info.maxAllocation()));
    }
}
