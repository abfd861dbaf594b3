package org.tornadovit.device.levelzero;

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
final class LevelZeroProgram implements Program, Owned {
    private final LevelZeroDevice device;
    private final long module;
    private final String entry;
    private final Set<LevelZeroLaunch> launches = ConcurrentHashMap.newKeySet();
    private boolean closed;

    LevelZeroProgram(LevelZeroDevice device, long module, String entry) {
        this.device = device;
        this.module = module;
        this.entry = entry;
    }

    @Override
    public synchronized Launch bind(List<Argument> arguments, Range range) {
        if (closed) {
            throw new DeviceException("The program of kernel '" + entry + "' was closed.");
        }
        long kernel = Modules.createKernel(module, entry);
        boolean bound = false;
        try {
            int wanted = Modules.argumentCount(kernel);
            if (arguments.size() != wanted) {
                throw new DeviceException(
                        "Kernel '%s' takes %d arguments, not %d."
                                .formatted(entry, wanted, arguments.size()));
            }
            List<LevelZeroBuffer> buffers = setAll(kernel, arguments);
            int[] groups = range.items() == 0 ? new int[3] : setGroup(kernel, range);
            LevelZeroLaunch launch = new LevelZeroLaunch(device, this, kernel, buffers, groups);
            launches.add(launch);
            bound = true;
            return launch;
        } finally {
            if (!bound) {
                Modules.destroyKernel(kernel);
            }
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            device.forget(this, 0);
            launches.forEach(LevelZeroLaunch::close);
            Modules.destroy(module);
        }
    }

    /** Forgets a launch that was closed. */
    void forget(LevelZeroLaunch launch) {
        launches.remove(launch);
    }

    /** Sets the group and returns the number of groups along each axis. */
    private int[] setGroup(long kernel, Range range) {
        int[] group = new int[3];
        int[] items = new int[3];
        for (int axis = 0; axis < group.length; axis++) {
            items[axis] = Math.toIntExact(range.size(axis));
            group[axis] = (int) range.group(axis);
        }
        if (group[0] + group[1] + group[2] == 0) {
            group = Modules.suggestedGroup(kernel, items[0], items[1], items[2]);
        }
        int[] groups = new int[3];
        for (int axis = 0; axis < group.length; axis++) {
            group[axis] = divisor(items[axis], Math.max(1, group[axis]));
            groups[axis] = items[axis] / group[axis];
        }
        Modules.setGroup(kernel, group);
        return groups;
    }

    /** The largest group not above what is wanted that divides the items. */
    private static int divisor(int items, int wanted) {
        int group = Math.min(items, wanted);
        while (items % group != 0) {
            group--;
        }
        return group;
    }

    private List<LevelZeroBuffer> setAll(long kernel, List<Argument> arguments) {
        List<LevelZeroBuffer> buffers = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            for (int i = 0; i < arguments.size(); i++) {
                switch (arguments.get(i)) {
                    case Argument.OfBuffer(var buffer) -> {
                        LevelZeroBuffer own = LevelZeroBuffer.of(buffer, device);
                        buffers.add(own);
                        set(kernel, i, arena.allocateFrom(ValueLayout.JAVA_LONG, own.pointer()));
                    }
                    case Argument.OfScalar(var value) -> set(kernel, i, scalar(value, arena));
                    case Argument.OfLocal(var bytes) ->
                            Modules.setArgument(kernel, i, bytes, MemorySegment.NULL);
                }
            }
        }
        return buffers;
    }

    private static void set(long kernel, int index, MemorySegment value) {
        Modules.setArgument(kernel, index, value.byteSize(), value);
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
