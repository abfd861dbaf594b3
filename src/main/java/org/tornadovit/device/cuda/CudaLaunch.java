package org.tornadovit.device.cuda;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.Program;

/** A kernel with its arguments and its groups; it holds nothing of the driver. */
final class CudaLaunch implements Program.Launch {
    private final CudaDevice device;
    private final CudaProgram program;
    private final CudaBuffer[] buffers;
    private final int[] groups;
    private final int shared;
    private final MemorySegment parameters;

    /**
     * Binds.
     *
     * @param groups as {@link Modules#launch} takes them; empty when there is no work-item
     */
    CudaLaunch(
            CudaDevice device,
            CudaProgram program,
            List<CudaBuffer> buffers,
            int[] groups,
            int shared,
            MemorySegment parameters) {
        this.device = device;
        this.program = program;
        this.buffers = buffers.toArray(CudaBuffer[]::new);
        this.groups = groups.clone();
        this.shared = shared;
        this.parameters = parameters;
    }

    /** Gives the kernel to a stream of a device, that of the calling thread. */
    void run(CudaDevice queueDevice, long stream) {
        if (queueDevice != device) {
            throw new DeviceException(
                    "The kernel was bound on device "
                            + device.info().name()
                            + " and cannot run on "
                            + queueDevice.info().name()
                            + ".");
        }
        program.checkOpen();
        for (CudaBuffer buffer : buffers) {
            buffer.checkOpen();
        }
        if (groups.length > 0) {
            Modules.launch(program.function(), groups, shared, stream, parameters);
        }
    }
}
