package org.tornadovit.codegen;

import org.tornadovit.testing.RequiresDevice;

/** Control flow on an NVIDIA GPU, or on a driver that stands in for it. */
@RequiresDevice("cuda")
class CudaControlFlowTest extends ControlFlowOnDevice {
    CudaControlFlowTest() {
        super("cuda");
    }
}
