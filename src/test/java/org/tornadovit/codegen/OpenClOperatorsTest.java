package org.tornadovit.codegen;

import org.tornadovit.testing.RequiresDevice;

/** Operators in OpenCL C. */
@RequiresDevice("opencl")
class OpenClOperatorsTest extends OperatorsOnDevice {
    OpenClOperatorsTest() {
        super("opencl");
    }
}
