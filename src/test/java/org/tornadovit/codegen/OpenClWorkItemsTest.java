package org.tornadovit.codegen;

import org.tornadovit.testing.RequiresDevice;

/** Work-item kernels in OpenCL C. */
@RequiresDevice("opencl")
class OpenClWorkItemsTest extends WorkItemsOnDevice {
    OpenClWorkItemsTest() {
        super("opencl");
    }
}
