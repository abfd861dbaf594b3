package org.tornadovit.codegen;

/** Operators in PTX, run instruction by instruction. */
class PtxOperatorsTest extends OperatorsOnDevice {
    PtxOperatorsTest() {
        super("ptx:sm_90");
    }
}
