package org.tornadovit.codegen;

import org.tornadovit.testing.RequiresDevice;

/** Functions in SPIR-V. */
@RequiresDevice({"opencl", "llvm-spirv"})
class SpirvFunctionsTest extends FunctionsOnDevice {
    SpirvFunctionsTest() {
        super("spirv");
    }
}
