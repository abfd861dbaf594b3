package org.tornadovit.device.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.tornadovit.device.Buffer;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.Event;
import org.tornadovit.device.Program;
import org.tornadovit.device.Queue;

/**
 * Commands of one device. OpenCL fixes when a queue is made whether it profiles, so there are two
 * queues of the driver, the second one made when it is first wanted; only one has commands at a
 * time.
 *
 * <p>Native memory is given to the driver as it is and kept alive until {@link #finish}. Heap
 * memory may move, so small heap memory goes through a native copy, and larger one is copied by the
 * calling thread through a mapping of the buffer, after the commands before it.
 */
final class OpenClQueue implements Queue, Owned {
    /** Up to this size a second copy costs less than waiting for a mapping. */
    private static final long SMALL = 64 << 10;

    private final OpenClDevice device;
    private final long plain;
    private OptionalLong profiling = OptionalLong.empty();
    private boolean profiles;
    private long current;
    private boolean closed;
    private final MemorySegment slot = Arena.ofAuto().allocate(ValueLayout.JAVA_LONG);
    private final List<OpenClEvent> events = new ArrayList<>();
    private final List<MemorySegment> inUse = new ArrayList<>();
    private final List<Arrival> arrivals = new ArrayList<>();

    OpenClQueue(OpenClDevice device) {
        this.device = device;
        plain = device.newQueue(false);
        current = plain;
    }

    @Override
    public void profile(boolean on) {
        checkOpen();
        if (on != profiles) {
            finish();
            if (on && profiling.isEmpty()) {
                profiling = OptionalLong.of(device.newQueue(true));
            }
            profiles = on;
            current = on ? profiling.orElseThrow() : plain;
        }
    }

    @Override
    public Event write(MemorySegment source, Buffer target, long offset) {
        OpenClBuffer buffer = checked(target, offset, source.byteSize());
        if (source.byteSize() == 0) {
            return Event.NONE;
        }
        if (source.isNative()) {
            return writeNative(source, buffer, offset);
        }
        return source.byteSize() <= SMALL
                ? writeNative(staged(source).copyFrom(source), buffer, offset)
                : copyMapped(buffer, offset, source, Direction.WRITE);
    }

    @Override
    public Event read(Buffer source, long offset, MemorySegment target) {
        OpenClBuffer buffer = checked(source, offset, target.byteSize());
        if (target.byteSize() == 0) {
            return Event.NONE;
        }
        if (target.isNative()) {
            return readNative(buffer, offset, target);
        }
        if (target.byteSize() > SMALL) {
            return copyMapped(buffer, offset, target, Direction.READ);
        }
        Arrival arrival = new Arrival(staged(target), target);
        Event event = readNative(buffer, offset, arrival.from);
        arrivals.add(arrival);
        return event;
    }

    @Override
    public Event copy(
            Buffer source, long sourceOffset, Buffer target, long targetOffset, long bytes) {
        OpenClBuffer from = checked(source, sourceOffset, bytes);
        OpenClBuffer to = checked(target, targetOffset, bytes);
        if (bytes == 0) {
            return Event.NONE;
        }
        Commands.copy(
                current,
                from.handle(),
                sourceOffset,
                to.handle(),
                targetOffset,
                bytes,
                eventSlot());
        return recorded();
    }

    @Override
    public Event launch(Program.Launch launch) {
        checkOpen();
        if (!(launch instanceof OpenClLaunch own)) {
            throw new DeviceException(
                    "The kernel was bound on a device that is not " + device.info().name() + ".");
        }
        if (own.isEmpty()) {
            return Event.NONE;
        }
        own.enqueue(device, current, eventSlot());
        return recorded();
    }

    @Override
    public void finish() {
        checkOpen();
        drain();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        device.forget(this, 0);
        try {
            drain();
        } finally {
            Resources.releaseQueue(plain);
            profiling.ifPresent(Resources::releaseQueue);
        }
    }

    private void drain() {
        Commands.finish(current);
        arrivals.forEach(arrival -> arrival.to.copyFrom(arrival.from));
        arrivals.clear();
        inUse.clear();
        events.forEach(OpenClEvent::complete);
        events.clear();
    }

    /** A native copy of what was read, to be copied to the heap when it has arrived. */
    private record Arrival(MemorySegment from, MemorySegment to) {}

    private static MemorySegment staged(MemorySegment heap) {
        return Arena.ofAuto().allocate(heap.byteSize(), Long.BYTES);
    }

    private Event writeNative(MemorySegment source, OpenClBuffer target, long offset) {
        inUse.add(source);
        Commands.write(current, target.handle(), offset, source, eventSlot());
        return recorded();
    }

    private Event readNative(OpenClBuffer source, long offset, MemorySegment target) {
        inUse.add(target);
        Commands.read(current, source.handle(), offset, target, eventSlot());
        return recorded();
    }

    /** {@return room for the event of the next command, when its time is wanted} */
    private MemorySegment eventSlot() {
        return profiles ? slot : MemorySegment.NULL;
    }

    /** {@return the event of the command just given} */
    private Event recorded() {
        return profiles ? record(slot.get(ValueLayout.JAVA_LONG, 0)) : Event.NONE;
    }

    private Event record(long first) {
        OpenClEvent event = new OpenClEvent(first, slot.get(ValueLayout.JAVA_LONG, 0));
        events.add(event);
        return event;
    }

    private Event copyMapped(
            OpenClBuffer buffer, long offset, MemorySegment host, Direction direction) {
        long bytes = host.byteSize();
        MemorySegment mapped =
                Commands.map(current, buffer.handle(), direction.flags, offset, bytes, eventSlot());
        long mapEvent = slot.get(ValueLayout.JAVA_LONG, 0);
        try {
            switch (direction) {
                case WRITE -> mapped.copyFrom(host);
                case READ -> host.copyFrom(mapped);
            }
        } finally {
            Commands.unmap(current, buffer.handle(), mapped, eventSlot());
        }
        return profiles ? record(mapEvent) : Event.NONE;
    }

    /** The ways of a copy between host and device, with the flags of the mapping. */
    private enum Direction {
        WRITE(Commands.MAP_WRITE),
        READ(Commands.MAP_READ);

        private final long flags;

        Direction(long flags) {
            this.flags = flags;
        }
    }

    private OpenClBuffer checked(Buffer buffer, long offset, long bytes) {
        checkOpen();
        OpenClBuffer own = OpenClBuffer.of(buffer, device);
        own.checkPart(offset, bytes);
        return own;
    }

    private void checkOpen() {
        device.checkOpen();
        if (closed) {
            throw new DeviceException(
                    "A queue of device " + device.info().name() + " is used after it was closed.");
        }
    }
}
