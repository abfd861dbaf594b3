package org.tornadovit.device.opencl;

import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.tornadovit.device.Buffer;
import org.tornadovit.device.Code;
import org.tornadovit.device.CompileException;
import org.tornadovit.device.Device;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.LargePages;
import org.tornadovit.device.OutOfMemoryException;
import org.tornadovit.device.Program;
import org.tornadovit.device.Queue;

/** One device with a context of its own. */
final class OpenClDevice implements Device {
    /** Buffers are filled with zeros in units of this size. */
    private static final long UNIT = Zeros.UNIT;

    private final long handle;
    private final DeviceInfo info;
    private final Intake intake;
    private final String buildOptions;
    private final long context;
    private final long fillQueue;
    private final AtomicLong allocated = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Set<Owned> resources = ConcurrentHashMap.newKeySet();

    OpenClDevice(Properties properties) {
        handle = properties.handle();
        info = properties.info();
        intake = properties.intake();
        // Warnings would go to the console of some drivers.
        // Java's division and square root are exact, OpenCL's only when asked to be.
        buildOptions =
                "-w "
                        + intake.buildOptions()
                        + (properties.dividesExactly()
                                ? " -cl-fp32-correctly-rounded-divide-sqrt"
                                : "");
        context = Resources.createContext(handle);
        fillQueue = Resources.createQueue(context, handle, false);
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
        long size = Math.ceilDiv(bytes, UNIT) * UNIT;
        if (bytes > info.maxAllocation() || allocated.get() + size > info.memory()) {
            throw outOfMemory(bytes);
        }
        try {
            long buffer = Resources.createBuffer(context, size);
            OpenClBuffer result = new OpenClBuffer(this, buffer, bytes, size);
            allocated.addAndGet(size);
            resources.add(result);
            fillWithZeros(result);
            return result;
        } catch (OpenClException e) {
            if (e.isOutOfMemory()) {
                throw outOfMemory(bytes);
            }
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
        if (!intake.takes(code)) {
            throw new DeviceException(
                    "Device %s takes %s, not %s."
                            .formatted(info.name(), intake.language(), code.language()));
        }
        String entry = code.entry();
        long program = intake.create(context, handle, code);
        try {
            Programs.build(program, handle, options(code, flags));
            if (isBitstream(code)) {
                Bitstream.require(program, code);
            }
            OpenClProgram result = new OpenClProgram(this, program, entry);
            resources.add(result);
            return result;
        } catch (OpenClException e) {
            String log = Programs.log(program, handle);
            Programs.release(program);
            throw new CompileException(
                    "Kernel '"
                            + entry
                            + "' does not compile for "
                            + info.name()
                            + ": "
                            + e.getMessage(),
                    code.text(),
                    log);
        } catch (DeviceException e) {
            Programs.release(program);
            throw e;
        }
    }

    /** What is built already needs none. */
    private String options(Code code, String flags) {
        return isBitstream(code) ? "" : (buildOptions + " " + flags).strip();
    }

    private static boolean isBitstream(Code code) {
        return code.language().equals(Code.BITSTREAM);
    }

    @Override
    public Queue newQueue() {
        checkOpen();
        OpenClQueue queue = new OpenClQueue(this);
        resources.add(queue);
        return queue;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            // A queue finishes its commands, so nothing uses what is released after it.
            resources.stream().filter(OpenClQueue.class::isInstance).forEach(Owned::close);
            resources.forEach(Owned::close);
            Resources.releaseQueue(fillQueue);
            Resources.releaseContext(context);
        }
    }

    /** {@return the device for the driver} */
    long handle() {
        return handle;
    }

    /** {@return a new queue of the driver} */
    long newQueue(boolean profiles) {
        return Resources.createQueue(context, handle, profiles);
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

    @Override
    public int openResources() {
        int launches =
                resources.stream()
                        .mapToInt(r -> r instanceof OpenClProgram p ? p.openLaunches() : 0)
                        .sum();
        return resources.size() + launches;
    }

    /** A processor's buffer is the memory of this process. */
    private void wishForLargePages(OpenClBuffer buffer) {
        MemorySegment none = MemorySegment.NULL;
        long handle = buffer.handle();
        long size = buffer.reserved();
        MemorySegment memory = Commands.map(fillQueue, handle, Commands.MAP_WRITE, 0, size, none);
        LargePages.wish(memory.address(), size);
        Commands.unmap(fillQueue, handle, memory, none);
    }

    private synchronized void fillWithZeros(OpenClBuffer buffer) {
        try {
            if (info.kind() == DeviceInfo.Kind.CPU && buffer.reserved() >= LargePages.LEAST) {
                wishForLargePages(buffer);
            }
            intake.fill(fillQueue, buffer);
            Commands.finish(fillQueue);
        } catch (OpenClException e) {
            buffer.close();
            throw e;
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
