package org.tornadovit.codegen;

import org.tornadovit.testing.RequiresDevice;

/** Operators on an NVIDIA GPU, or on a driver that stands in for it. */
@RequiresDevice("cuda")
class CudaOperatorsTest extends OperatorsOnDevice {
    CudaOperatorsTest() {
        super("cuda");
    }
}
