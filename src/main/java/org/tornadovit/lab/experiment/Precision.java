package org.tornadovit.lab.experiment;

import org.tornadovit.lab.LabException;

/** The number format of weights and activations. */
public enum Precision {
    /** IEEE 754 binary32 throughout. */
    FP32("fp32"),
    /** binary16 storage, binary32 accumulation. */
    FP16("fp16"),
    /** bfloat16 storage, binary32 accumulation. */
    BF16("bf16"),
    /** 8-bit integers with scales. */
    INT8("int8");

    private final String key;

    Precision(String key) {
        this.key = key;
    }

    /** {@return the word that stands for the precision in files and tables} */
    public String key() {
        return key;
    }

    private Precision available() {
        if (this != FP32) {
            throw new LabException(
                    "Precision '" + key + "' is not supported yet; fp32 is what runs now.");
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
        throw new LabException("Precision '" + key + "' is unknown; fp32 is what there is.");
    }
}
