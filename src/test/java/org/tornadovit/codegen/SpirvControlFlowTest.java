package org.tornadovit.codegen;

import org.tornadovit.testing.RequiresDevice;

/** Control flow in SPIR-V. */
@RequiresDevice({"opencl", "llvm-spirv"})
class SpirvControlFlowTest extends ControlFlowOnDevice {
    SpirvControlFlowTest() {
        super("spirv");
    }
}
