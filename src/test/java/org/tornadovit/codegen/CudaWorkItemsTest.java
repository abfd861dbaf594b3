package org.tornadovit.codegen;

import org.tornadovit.testing.RequiresDevice;

/** Work-items on an NVIDIA GPU, or on a driver that stands in for it. */
@RequiresDevice("cuda")
class CudaWorkItemsTest extends WorkItemsOnDevice {
    CudaWorkItemsTest() {
        super("cuda");
    }
}
