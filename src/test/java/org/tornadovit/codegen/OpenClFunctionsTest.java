package org.tornadovit.codegen;

import org.tornadovit.testing.RequiresDevice;

/** Functions in OpenCL C. */
@RequiresDevice("opencl")
class OpenClFunctionsTest extends FunctionsOnDevice {
    OpenClFunctionsTest() {
        super("opencl");
    }
}
