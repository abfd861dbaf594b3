package org.tornadovit.codegen;

/** Work-items in PTX, run instruction by instruction. */
class PtxWorkItemsTest extends WorkItemsOnDevice {
    PtxWorkItemsTest() {
        super("ptx:sm_90");
    }
}
