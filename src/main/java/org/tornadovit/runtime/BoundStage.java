package org.tornadovit.runtime;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.tornadovit.device.Buffer;
import org.tornadovit.device.Program;

/**
 * A stage of a task's kernel with its memory and its grid.
 *
 * @param task the number of the task in the graph
 * @param stage what runs
 * @param launch the bound kernel
 * @param arrays the device arrays that it uses
 * @param report where failed checks are recorded; empty if the device reports them itself
 * @param fills memory that gets its content before each launch
 * @param frames arrays that the kernel gets as copies behind a header
 */
record BoundStage(
        int task,
        CompiledTask.Stage stage,
        Program.Launch launch,
        List<DeviceArray> arrays,
        List<Buffer> report,
        List<Fill> fills,
        List<Frame> frames)
        implements AutoCloseable {

    /** Memory with the content it has before each launch. */
    record Fill(MemorySegment content, Buffer target) {}

    /**
     * A copy of an array behind a header.
     *
     * @param write whether it is copied back
     */
    record Frame(Buffer array, Buffer framed, MemorySegment header, boolean write) {}

    /** Gives the bound kernel back; commands that were given keep running. */
    @Override
    public void close() {
        launch.close();
    }
}
