package org.tornadovit.runtime;

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
 */
record BoundStage(
        int task,
        CompiledTask.Stage stage,
        Program.Launch launch,
        List<DeviceArray> arrays,
        List<Buffer> report) {}
