package org.tornadovit.codegen.spirv;

/** What a module may say. */
public enum Dialect {
    /** SPIR-V 1.0 and nothing else. */
    PORTABLE,
    /** Also where integers do not wrap, by the extension SPV_KHR_no_integer_wrap_decoration. */
    NO_WRAP
}
