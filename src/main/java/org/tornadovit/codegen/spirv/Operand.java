package org.tornadovit.codegen.spirv;

import java.util.Map;

/** Operands of SPIR-V that have names, with the numbers of the specification. */
final class Operand {
    static final int INT64_CAPABILITY = 11;
    static final int ADDRESSES = 4;
    static final int KERNEL = 6;
    static final int VECTOR16 = 7;
    static final int FLOAT16_BUFFER = 8;
    static final int FLOAT64 = 10;
    static final int INT64_ATOMICS = 12;
    static final int INT16 = 22;
    static final int INT8 = 39;

    static final int FP_FAST_MATH_MODE_INTEL = 5837;

    static final int PHYSICAL64 = 2;
    static final int OPENCL = 2;
    static final int KERNEL_MODEL = 6;
    static final int CONTRACTION_OFF = 31;
    static final int OPENCL_C = 3;

    static final int INPUT = 1;
    static final int WORKGROUP = 4;
    static final int CROSS_WORKGROUP = 5;
    static final int FUNCTION = 7;

    static final int NONE = 0;
    static final int UNROLL = 1;
    static final int ALIGNED = 2;

    static final int BUILT_IN = 11;
    static final int CONSTANT = 22;
    static final int SATURATED_CONVERSION = 28;
    static final int FP_FAST_MATH_MODE = 40;
    static final int ALLOW_CONTRACT_FAST = 0x10000;
    static final int NO_SIGNED_WRAP = 4469;

    static final int DEVICE_SCOPE = 1;
    static final int WORKGROUP_SCOPE = 2;
    static final int RELAXED = 0;
    static final int SEQUENTIALLY_CONSISTENT = 0x10;
    static final int WORKGROUP_MEMORY = 0x100;
    static final int CROSS_WORKGROUP_MEMORY = 0x200;

    private static final Map<Character, Map<Integer, String>> NAMES =
            Map.ofEntries(
                    Map.entry(
                            'c',
                            Map.of(
                                    ADDRESSES,
                                    "Addresses",
                                    KERNEL,
                                    "Kernel",
                                    VECTOR16,
                                    "Vector16",
                                    FLOAT16_BUFFER,
                                    "Float16Buffer",
                                    FLOAT64,
                                    "Float64",
                                    INT64_CAPABILITY,
                                    "Int64",
                                    INT64_ATOMICS,
                                    "Int64Atomics",
                                    INT16,
                                    "Int16",
                                    INT8,
                                    "Int8",
                                    FP_FAST_MATH_MODE_INTEL,
                                    "FPFastMathModeINTEL")),
                    Map.entry('a', Map.of(PHYSICAL64, "Physical64")),
                    Map.entry('y', Map.of(OPENCL, "OpenCL")),
                    Map.entry('e', Map.of(KERNEL_MODEL, "Kernel")),
                    Map.entry('m', Map.of(CONTRACTION_OFF, "ContractionOff")),
                    Map.entry('G', Map.of(OPENCL_C, "OpenCL_C")),
                    Map.entry('f', Map.of(NONE, "None")),
                    Map.entry('l', Map.of(NONE, "None", UNROLL, "Unroll")),
                    Map.entry('p', Map.of(NONE, "None", ALIGNED, "Aligned")),
                    Map.entry(
                            'o',
                            Map.of(
                                    INPUT, "Input",
                                    WORKGROUP, "Workgroup",
                                    CROSS_WORKGROUP, "CrossWorkgroup",
                                    FUNCTION, "Function")),
                    Map.entry(
                            'd',
                            Map.of(
                                    BUILT_IN, "BuiltIn",
                                    CONSTANT, "Constant",
                                    SATURATED_CONVERSION, "SaturatedConversion",
                                    FP_FAST_MATH_MODE, "FPFastMathMode",
                                    NO_SIGNED_WRAP, "NoSignedWrap")));

    private Operand() {}

    /** {@return the name of an operand of the kind that a letter of {@link Op} means} */
    static String name(char kind, int number) {
        String name = NAMES.getOrDefault(kind, Map.of()).get(number);
        if (name == null) {
            throw new IllegalArgumentException("no operand '" + kind + "' has number " + number);
        }
        return name;
    }
}
