package org.tornadovit.device.levelzero;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.Program;

/** A kernel object with its arguments and its group, and the number of groups. */
final class LevelZeroLaunch implements Program.Launch {
    private final LevelZeroDevice device;
    private final LevelZeroProgram program;
    private final long kernel;
    private final LevelZeroBuffer[] buffers;
    private final boolean isEmpty;
    private final MemorySegment groups;
    private final AtomicBoolean closed = new AtomicBoolean();

    LevelZeroLaunch(
            LevelZeroDevice device,
            LevelZeroProgram program,
            long kernel,
            List<LevelZeroBuffer> buffers,
            int[] groups) {
        this.device = device;
        this.program = program;
        this.kernel = kernel;
        this.buffers = buffers.toArray(LevelZeroBuffer[]::new);
        this.isEmpty = groups[0] == 0;
        this.groups = Arena.ofAuto().allocateFrom(ValueLayout.JAVA_INT, groups);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            program.forget(this);
            Modules.destroyKernel(kernel);
        }
    }

    /** Runs the kernel through a command list of the driver. */
    void run(LevelZeroDevice queueDevice, long list) {
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
        for (LevelZeroBuffer buffer : buffers) {
            buffer.checkOpen();
        }
        if (!isEmpty) {
            Resources.launch(list, kernel, groups);
        }
    }
}
