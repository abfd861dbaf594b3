package org.tornadovit.codegen;

import org.tornadovit.testing.RequiresDevice;

/** Functions on an NVIDIA GPU, or on a driver that stands in for it. */
@RequiresDevice("cuda")
class CudaFunctionsTest extends FunctionsOnDevice {
    CudaFunctionsTest() {
        super("cuda");
    }
}
