package org.tornadovit.codegen;

import org.tornadovit.testing.RequiresDevice;

/** Work-item kernels as Intel's FPGAs take them, on any OpenCL device. */
@RequiresDevice("opencl")
class FpgaIntelWorkItemsTest extends WorkItemsOnDevice {
    FpgaIntelWorkItemsTest() {
        super("fpga:intel");
    }
}
