package org.tornadovit.device.cpu;

import java.lang.invoke.MethodHandles;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.tornadovit.device.Buffer;
import org.tornadovit.device.Code;
import org.tornadovit.device.CompileException;
import org.tornadovit.device.Device;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.OutOfMemoryException;
import org.tornadovit.device.Program;
import org.tornadovit.device.Queue;

/** The processor that runs this JVM, named {@code jvm}. */
public final class CpuDevice implements Device {
    /** System property: number of threads, at least 1; all processors without it. */
    public static final String THREADS = "tornadovit.threads";

    private static final int GROUP = 1024;
    private static final long LOCAL_MEMORY = 1L << 20;

    private final Workers workers;
    private final DeviceInfo info;
    private final AtomicLong allocated = new AtomicLong();
    private final Set<Buffer> buffers = ConcurrentHashMap.newKeySet();

    /** Creates a device with {@code threads} threads, the caller of a launch included. */
    public CpuDevice(int threads) {
        if (threads < 1) {
            throw new DeviceException(
                    "device jvm needs at least one thread, not " + threads + ": set -D" + THREADS);
        }
        if (VectorUnit.isPresent()) {
            JitDirectives.request();
        }
        workers = new Workers(threads);
        info = describe(threads);
    }

    /** {@return a device with the threads that the property {@link #THREADS} asks for} */
    public static CpuDevice open() {
        String wanted = System.getProperty(THREADS, "");
        if (wanted.isEmpty()) {
            return new CpuDevice(Runtime.getRuntime().availableProcessors());
        }
        try {
            return new CpuDevice(Integer.parseInt(wanted));
        } catch (NumberFormatException e) {
            throw new DeviceException(
                    "-D" + THREADS + "=" + wanted + " is no number of threads", e);
        }
    }

    private static DeviceInfo describe(int threads) {
        long memory = Processor.memory();
        return new DeviceInfo(
                "jvm",
                DeviceInfo.Backend.JVM,
                DeviceInfo.Kind.CPU,
                Processor.vendor(),
                Processor.model(),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                "Java class file " + (44 + Runtime.version().feature()),
                threads,
                Processor.clockMegahertz(),
                memory,
                memory,
                LOCAL_MEMORY,
                GROUP,
                GROUP,
                GROUP,
                GROUP,
                VectorUnit.bits(),
                VectorUnit.registers(),
                true,
                Set.of(
                        DeviceInfo.Feature.FP16,
                        DeviceInfo.Feature.FP64,
                        DeviceInfo.Feature.ATOMIC64));
    }

    @Override
    public DeviceInfo info() {
        return info;
    }

    @Override
    public Buffer allocate(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("a buffer has at least one byte, not " + bytes);
        }
        long before = allocated.getAndAdd(bytes);
        Block block = before + bytes <= info.memory() ? Block.allocate(bytes) : Block.NONE;
        if (block.isMissing()) {
            allocated.addAndGet(-bytes);
            throw new OutOfMemoryException(
                    "device jvm has no room for a buffer of %d bytes: %d of %d bytes are in use"
                            .formatted(bytes, before, info.memory()));
        }
        CpuBuffer buffer = new CpuBuffer(block, bytes, this::closed);
        buffers.add(buffer);
        return buffer;
    }

    private void closed(CpuBuffer buffer) {
        allocated.addAndGet(-buffer.bytes());
        buffers.remove(buffer);
    }

    @Override
    public Program load(Code code) {
        if (!(code instanceof Code.Binary(var entry, var language, var text, var bytes))
                || !language.equals("jvm")) {
            throw new DeviceException(
                    "device jvm cannot load " + code.language() + " code of " + code.entry());
        }
        try {
            if (VectorUnit.isUsedBy(bytes)) {
                requireVectors(entry);
            }
            Class<?> type = MethodHandles.lookup().defineHiddenClass(bytes, true).lookupClass();
            GeneratedKernel kernel = (GeneratedKernel) type.getDeclaredConstructor().newInstance();
            return new CpuProgram(entry, kernel, workers.threads(), Settlement.of(kernel));
        } catch (IllegalArgumentException | LinkageError | ReflectiveOperationException e) {
            throw new CompileException(
                    "kernel " + entry + " does not load on device jvm", text, e.toString());
        }
    }

    private static void requireVectors(String entry) {
        if (!VectorUnit.isPresent()) {
            throw new DeviceException(
                    "kernel "
                            + entry
                            + " uses vector registers:"
                            + " start Java with --add-modules jdk.incubator.vector");
        }
    }

    @Override
    public Queue newQueue() {
        return new CpuQueue(workers);
    }

    @Override
    public int openResources() {
        return buffers.size();
    }

    @Override
    public void close() {
        workers.close();
        for (Buffer buffer : buffers.toArray(Buffer[]::new)) {
            buffer.close();
        }
    }
}
