package org.tornadovit.codegen;

import org.tornadovit.testing.RequiresDevice;

/** Work-item kernels in SPIR-V. */
@RequiresDevice({"opencl", "llvm-spirv"})
class SpirvWorkItemsTest extends WorkItemsOnDevice {
    SpirvWorkItemsTest() {
        super("spirv");
    }
}
