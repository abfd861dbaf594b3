package org.tornadovit.device.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.Program;
import org.tornadovit.device.Range;

/** A compiled kernel; each launch bound to it has a kernel object of its own. */
final class OpenClProgram implements Program, Owned {
    private final OpenClDevice device;
    private final long handle;
    private final String entry;
    private final Set<OpenClLaunch> launches = ConcurrentHashMap.newKeySet();
    private boolean closed;

    OpenClProgram(OpenClDevice device, long handle, String entry) {
        this.device = device;
        this.handle = handle;
        this.entry = entry;
    }

    @Override
    public synchronized Launch bind(List<Argument> arguments, Range range) {
        if (closed) {
            throw new DeviceException("The program of kernel '" + entry + "' was closed.");
        }
        long kernel = Programs.createKernel(handle, entry);
        boolean bound = false;
        try {
            checkCount(arguments.size(), Programs.argumentCount(kernel));
            checkGroup(range, kernel);
            List<OpenClBuffer> buffers = setAll(kernel, arguments);
            OpenClLaunch launch = new OpenClLaunch(device, this, kernel, buffers, range);
            launches.add(launch);
            bound = true;
            return launch;
        } finally {
            if (!bound) {
                Programs.releaseKernel(kernel);
            }
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            device.forget(this, 0);
            launches.forEach(OpenClLaunch::close);
            Programs.release(handle);
        }
    }

    /** Forgets a launch that was closed. */
    void forget(OpenClLaunch launch) {
        launches.remove(launch);
    }

    /** {@return the number of launches not yet closed} */
    int openLaunches() {
        return launches.size();
    }

    private List<OpenClBuffer> setAll(long kernel, List<Argument> arguments) {
        List<OpenClBuffer> buffers = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            for (int i = 0; i < arguments.size(); i++) {
                switch (arguments.get(i)) {
                    case Argument.OfBuffer(var buffer) -> {
                        OpenClBuffer own = OpenClBuffer.of(buffer, device);
                        buffers.add(own);
                        set(kernel, i, arena.allocateFrom(ValueLayout.JAVA_LONG, own.handle()));
                    }
                    case Argument.OfScalar(var value) -> set(kernel, i, scalar(value, arena));
                    case Argument.OfLocal(var bytes) ->
                            Programs.setArgument(kernel, i, bytes, MemorySegment.NULL);
                }
            }
        }
        return buffers;
    }

    private void checkCount(int given, int wanted) {
        if (given != wanted) {
            throw new DeviceException(
                    "Kernel '%s' takes %d arguments, not %d.".formatted(entry, wanted, given));
        }
    }

    private void checkGroup(Range range, long kernel) {
        long group =
                Math.max(1, range.groupX())
                        * Math.max(1, range.groupY())
                        * Math.max(1, range.groupZ());
        long largest = Programs.largestGroup(kernel, device.handle());
        if (group > largest
                || range.groupX() > device.info().maxGroupX()
                || range.groupY() > device.info().maxGroupY()
                || range.groupZ() > device.info().maxGroupZ()) {
            throw new DeviceException(
                    ("Kernel '%s' cannot run in groups of %dx%dx%d work-items: device %s allows at"
                                    + " most %d in all and %dx%dx%d; choose a smaller local work.")
                            .formatted(
                                    entry,
                                    range.groupX(),
                                    range.groupY(),
                                    range.groupZ(),
                                    device.info().name(),
                                    largest,
                                    device.info().maxGroupX(),
                                    device.info().maxGroupY(),
                                    device.info().maxGroupZ()));
        }
    }

    private void set(long kernel, int index, MemorySegment value) {
        try {
            Programs.setArgument(kernel, index, value.byteSize(), value);
        } catch (OpenClException e) {
            throw new DeviceException(
                    "Argument %d of kernel '%s' does not fit: %s"
                            .formatted(index, entry, e.getMessage()),
                    e);
        }
    }

    private static MemorySegment scalar(Number value, Arena arena) {
        return switch (value) {
            case Byte v -> arena.allocateFrom(ValueLayout.JAVA_BYTE, v);
            case Short v -> arena.allocateFrom(ValueLayout.JAVA_SHORT, v);
            case Integer v -> arena.allocateFrom(ValueLayout.JAVA_INT, v);
            case Long v -> arena.allocateFrom(ValueLayout.JAVA_LONG, v);
            case Float v -> arena.allocateFrom(ValueLayout.JAVA_FLOAT, v);
            case Double v -> arena.allocateFrom(ValueLayout.JAVA_DOUBLE, v);
            default ->
                    throw new IllegalArgumentException(
                            "a scalar argument is a primitive, not " + value.getClass().getName());
        };
    }
}
