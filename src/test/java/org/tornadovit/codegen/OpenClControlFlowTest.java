package org.tornadovit.codegen;

import org.tornadovit.testing.RequiresDevice;

/** Control flow in OpenCL C. */
@RequiresDevice("opencl")
class OpenClControlFlowTest extends ControlFlowOnDevice {
    OpenClControlFlowTest() {
        super("opencl");
    }
}
