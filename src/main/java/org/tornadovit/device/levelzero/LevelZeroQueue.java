package org.tornadovit.device.levelzero;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.tornadovit.device.Buffer;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.Event;
import org.tornadovit.device.Program;
import org.tornadovit.device.Queue;

/** Commands of one device; each has ended when its method returns, so its time is the host's. */
final class LevelZeroQueue implements Queue, Owned {
    private final LevelZeroDevice device;
    private final long list;
    private boolean profiles;
    private boolean closed;

    /** The time of one command. */
    private record Span(long startNanos, long endNanos) implements Event {}

    LevelZeroQueue(LevelZeroDevice device, long list) {
        this.device = device;
        this.list = list;
    }

    @Override
    public void profile(boolean on) {
        checkOpen();
        profiles = on;
    }

    @Override
    public Event write(MemorySegment source, Buffer target, long offset) {
        long to = part(target, offset, source.byteSize());
        return timed(() -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment host =
                        source.isNative()
                                ? source
                                : arena.allocate(source.byteSize(), Long.BYTES).copyFrom(source);
                copy(to, host.address(), host.byteSize());
            }
        });
    }

    @Override
    public Event read(Buffer source, long offset, MemorySegment target) {
        long from = part(source, offset, target.byteSize());
        return timed(() -> {
            if (target.isNative()) {
                copy(target.address(), from, target.byteSize());
                return;
            }
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment host = arena.allocate(target.byteSize(), Long.BYTES);
                copy(host.address(), from, target.byteSize());
                target.copyFrom(host);
            }
        });
    }

    @Override
    public Event copy(
            Buffer source, long sourceOffset, Buffer target, long targetOffset, long bytes) {
        long from = part(source, sourceOffset, bytes);
        long to = part(target, targetOffset, bytes);
        return timed(() -> copy(to, from, bytes));
    }

    @Override
    public Event launch(Program.Launch launch) {
        checkOpen();
        if (!(launch instanceof LevelZeroLaunch own)) {
            throw new DeviceException(
                    "The kernel was bound on a device that is not " + device.info().name() + ".");
        }
        return timed(() -> own.run(device, list));
    }

    @Override
    public void finish() {
        checkOpen();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            device.forget(this, 0);
            Resources.destroyList(list);
        }
    }

    private void copy(long target, long source, long bytes) {
        if (bytes > 0) {
            Resources.copy(list, target, source, bytes);
        }
    }

    private Event timed(Runnable command) {
        long start = profiles ? System.nanoTime() : 0;
        command.run();
        return profiles ? new Span(start, System.nanoTime()) : Event.NONE;
    }

    private long part(Buffer buffer, long offset, long bytes) {
        checkOpen();
        return LevelZeroBuffer.of(buffer, device).part(offset, bytes);
    }

    private void checkOpen() {
        device.checkOpen();
        if (closed) {
            throw new DeviceException(
                    "A queue of device " + device.info().name() + " is used after it was closed.");
        }
    }
}
