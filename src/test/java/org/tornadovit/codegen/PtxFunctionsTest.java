package org.tornadovit.codegen;

/** Functions in PTX, run instruction by instruction. */
class PtxFunctionsTest extends FunctionsOnDevice {
    PtxFunctionsTest() {
        super("ptx:sm_90");
    }
}
