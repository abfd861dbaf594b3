package org.tornadovit.device.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.Program;
import org.tornadovit.device.Range;

/** A kernel object with its arguments, and the grid in native memory. */
final class OpenClLaunch implements Program.Launch {
    private final OpenClDevice device;
    private final OpenClProgram program;
    private final long kernel;
    private final OpenClBuffer[] buffers;
    private final boolean isEmpty;
    private final int dimensions;
    private final MemorySegment global;
    private final MemorySegment local;
    private final AtomicBoolean closed = new AtomicBoolean();

    OpenClLaunch(
            OpenClDevice device,
            OpenClProgram program,
            long kernel,
            List<OpenClBuffer> buffers,
            Range range) {
        this.device = device;
        this.program = program;
        this.kernel = kernel;
        this.buffers = buffers.toArray(OpenClBuffer[]::new);
        isEmpty = range.items() == 0;
        dimensions = range.z() > 1 ? 3 : range.y() > 1 ? 2 : 1;
        Arena arena = Arena.ofAuto();
        global = arena.allocateFrom(ValueLayout.JAVA_LONG, range.x(), range.y(), range.z());
        local =
                WorkGroups.of(range, device.info())
                        .map(sizes -> arena.allocateFrom(ValueLayout.JAVA_LONG, sizes))
                        .orElse(MemorySegment.NULL);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            program.forget(this);
            Programs.releaseKernel(kernel);
        }
    }

    /** {@return whether there is no work-item to run} */
    boolean isEmpty() {
        return isEmpty;
    }

    /** Gives the kernel to a queue of the driver. */
    void enqueue(OpenClDevice queueDevice, long queue, MemorySegment event) {
        if (queueDevice != device) {
            throw new DeviceException(
                    "The kernel was bound on device "
                            + device.info().name()
                            + " and cannot run on "
                            + queueDevice.info().name()
                            + ".");
        }
        if (closed.get()) {
            throw new DeviceException(
                    "A kernel of device " + device.info().name() + " is used after it was closed.");
        }
        for (OpenClBuffer buffer : buffers) {
            buffer.checkOpen();
        }
        Commands.launch(queue, kernel, dimensions, global, local, event);
    }
}
