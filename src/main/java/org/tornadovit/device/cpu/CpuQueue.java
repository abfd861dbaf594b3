package org.tornadovit.device.cpu;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import org.tornadovit.device.Buffer;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.Event;
import org.tornadovit.device.Program;
import org.tornadovit.device.Queue;

/**
 * Runs every command at once, on the thread that gives it and the workers. After a failure commands
 * are dropped until {@link #finish} reports it.
 */
final class CpuQueue implements Queue {
    private final Workers workers;
    private final Scratch scratch = new Scratch();
    private boolean profiling;
    private @Nullable DeviceException failure;

    CpuQueue(Workers workers) {
        this.workers = workers;
    }

    private record Span(long startNanos, long endNanos) implements Event {}

    @Override
    public void profile(boolean on) {
        profiling = on;
    }

    @Override
    public Event write(MemorySegment source, Buffer target, long offset) {
        long address = ((CpuBuffer) target).address(offset, source.byteSize());
        long start = now();
        if (failure == null) {
            MemorySegment.copy(source, 0, Memory.ALL, address, source.byteSize());
        }
        return since(start);
    }

    @Override
    public Event read(Buffer source, long offset, MemorySegment target) {
        long address = ((CpuBuffer) source).address(offset, target.byteSize());
        long start = now();
        if (failure == null) {
            MemorySegment.copy(Memory.ALL, address, target, 0, target.byteSize());
        }
        return since(start);
    }

    @Override
    public Event copy(
            Buffer source, long sourceOffset, Buffer target, long targetOffset, long bytes) {
        long from = ((CpuBuffer) source).address(sourceOffset, bytes);
        long to = ((CpuBuffer) target).address(targetOffset, bytes);
        long start = now();
        if (failure == null) {
            Memory.copy(from, to, bytes);
        }
        return since(start);
    }

    @Override
    public Event launch(Program.Launch launch) {
        CpuLaunch bound = (CpuLaunch) launch;
        long start = now();
        if (failure == null) {
            try {
                bound.run(workers, scratch);
            } catch (Trap e) {
                failure = new CheckFailedException(bound.name(), e.check(), e.value());
            } catch (DeviceException e) {
                failure = e;
            } catch (RuntimeException e) {
                failure = new DeviceException("kernel " + bound.name() + " failed: " + e, e);
            }
        }
        return since(start);
    }

    @Override
    public void finish() {
        DeviceException failed = failure;
        failure = null;
        if (failed != null) {
            throw failed;
        }
    }

    private long now() {
        return profiling ? System.nanoTime() : 0;
    }

    private Event since(long start) {
        return profiling ? new Span(start, System.nanoTime()) : Event.NONE;
    }

    @Override
    public void close() {
        scratch.close();
    }
}
