package org.tornadovit.lab.experiment;

import org.tornadovit.lab.LabException;

/** The number format of weights and activations. */
public enum Precision {
    /** IEEE 754 binary32 throughout. */
    FP32("fp32", 24),
    /** binary16 storage, binary32 arithmetic. */
    FP16("fp16", 11),
    /** bfloat16 storage, binary32 arithmetic. */
    BF16("bf16", 8),
    /** 8-bit integers with scales. */
    INT8("int8", 7);

    /** How far logits may be from those in fp32, in unit roundoffs: deep models add many up. */
    private static final int ROUNDOFFS = 40;

    private final String key;
    private final int digits;

    /**
     * A format.
     *
     * @param digits binary digits of the significand, the hidden one as well
     */
    Precision(String key, int digits) {
        this.key = key;
        this.digits = digits;
    }

    /** {@return the word that stands for the precision in files and tables} */
    public String key() {
        return key;
    }

    /** {@return how far logits may be from the reference, given what fp32 may be} */
    public double parity(double fp32) {
        return this == FP32 ? fp32 : Math.max(fp32, Math.scalb((double) ROUNDOFFS, -digits));
    }

    private Precision available() {
        if (this == INT8) {
            throw new LabException(
                    "Precision 'int8' is not supported yet; fp32, fp16 and bf16 are.");
        }
        return this;
    }

    /**
     * Finds a precision by its word.
     *
     * @param key such as {@code fp32}
     * @return the precision
     * @throws LabException when there is none of that name, or models do not run in it yet
     */
    public static Precision of(String key) {
        for (Precision precision : values()) {
            if (precision.key.equals(key)) {
                return precision.available();
            }
        }
        throw new LabException(
                "Precision '" + key + "' is unknown; fp32, fp16 and bf16 are what there is.");
    }
}
