package org.tornadovit.codegen;

/** Operators in PTX for a processor without bfloat16 and minima that keep NaN. */
class PtxOlderOperatorsTest extends OperatorsOnDevice {
    PtxOlderOperatorsTest() {
        super("ptx:sm_75");
    }
}
