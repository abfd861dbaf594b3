package org.tornadovit.codegen;

/** Control flow in PTX, run instruction by instruction. */
class PtxControlFlowTest extends ControlFlowOnDevice {
    PtxControlFlowTest() {
        super("ptx:sm_90");
    }
}
