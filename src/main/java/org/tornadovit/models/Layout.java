package org.tornadovit.models;

/** How the arrays of a file become a weight of canonical layout. */
enum Layout {
    /** Joined along the first axis, if there are several; axes of 1 do not matter. */
    SAME,
    /** Like {@link #SAME}, but the axes may be grouped otherwise, as [heads, headDim] for [dim]. */
    FLAT,
    /** [in…, out…] to [out, in], each side of which may be several axes; joined along out. */
    TRANSPOSED,
    /** [height, width, in, out] to [out, in, height, width]. */
    HWIO
}
