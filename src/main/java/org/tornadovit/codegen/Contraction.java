package org.tornadovit.codegen;

/** Whether {@code a * b + c} may be computed with one rounding instead of Java's two. */
public enum Contraction {
    /**
     * Fused where the device likes: faster and more exact, though not bit for bit Java's result.
     */
    ALLOWED,
    /** Never fused, as Java prescribes; on CPUs a third slower in matrix products. */
    FORBIDDEN
}
