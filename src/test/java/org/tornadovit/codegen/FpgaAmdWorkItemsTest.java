package org.tornadovit.codegen;

import org.tornadovit.testing.RequiresDevice;

/** Work-item kernels as AMD's FPGAs take them, on any OpenCL device. */
@RequiresDevice("opencl")
class FpgaAmdWorkItemsTest extends WorkItemsOnDevice {
    FpgaAmdWorkItemsTest() {
        super("fpga:amd");
    }
}
