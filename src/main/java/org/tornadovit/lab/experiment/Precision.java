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

    /**
     * Finds a precision by its word.
     *
     * @param key such as {@code fp32}
     * @return the precision
     * @throws LabException when there is none of that name
     */
    public static Precision of(String key) {
        for (Precision precision : values()) {
            if (precision.key.equals(key)) {
                return precision;
            }
        }
        throw new LabException(
                "Precision '" + key + "' is unknown; it is fp32, fp16, bf16 or int8.");
    }
}
