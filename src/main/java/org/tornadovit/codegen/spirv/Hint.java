package org.tornadovit.codegen.spirv;

/**
 * What a module may say of arithmetic by extensions, which not every driver knows. The translator
 * to LLVM knows them, and what it makes is slow without: indices of arrays are widened at each
 * access, products and sums stay apart.
 */
public enum Hint {
    /** Where integers do not wrap: SPV_KHR_no_integer_wrap_decoration. */
    NO_WRAP,
    /** That products and sums may be fused: SPV_INTEL_fp_fast_math_mode. */
    CONTRACTION
}
