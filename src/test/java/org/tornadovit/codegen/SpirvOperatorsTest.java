package org.tornadovit.codegen;

import org.tornadovit.testing.RequiresDevice;

/** Operators in SPIR-V. */
@RequiresDevice({"opencl", "llvm-spirv"})
class SpirvOperatorsTest extends OperatorsOnDevice {
    SpirvOperatorsTest() {
        super("spirv");
    }
}
