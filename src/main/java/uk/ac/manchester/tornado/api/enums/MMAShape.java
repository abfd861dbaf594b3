package uk.ac.manchester.tornado.api.enums;

/** The tile shapes of matrix multiply-accumulate instructions. */
public enum MMAShape {
    /** 16 x 8 results from 16 products each. */
    M16N8K16("m16n8k16"),
    /** 16 x 8 results from 32 products each. */
    M16N8K32("m16n8k32");

    private final String ptxName;

    MMAShape(String ptxName) {
        this.ptxName = ptxName;
    }

    /** {@return the shape as PTX writes it} */
    public String getPtxName() {
        return ptxName;
    }
}
