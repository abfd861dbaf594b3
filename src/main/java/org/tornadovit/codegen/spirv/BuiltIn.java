package org.tornadovit.codegen.spirv;

import org.tornadovit.ir.Expr;

/** The inputs of SPIR-V that tell a work-item its place, with the numbers of the specification. */
enum BuiltIn {
    NUM_WORKGROUPS(24, "NumWorkgroups"),
    WORKGROUP_SIZE(25, "WorkgroupSize"),
    WORKGROUP_ID(26, "WorkgroupId"),
    LOCAL_INVOCATION_ID(27, "LocalInvocationId"),
    GLOBAL_INVOCATION_ID(28, "GlobalInvocationId"),
    GLOBAL_SIZE(31, "GlobalSize");

    private final int number;
    private final String text;

    BuiltIn(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /** {@return the number of the input} */
    int number() {
        return number;
    }

    /** {@return the name of the input} */
    String text() {
        return text;
    }

    /** {@return the input of that number} */
    static BuiltIn of(int number) {
        for (BuiltIn builtIn : values()) {
            if (builtIn.number == number) {
                return builtIn;
            }
        }
        throw new IllegalArgumentException("no kernel has input " + number);
    }

    /** {@return the input that answers a query} */
    static BuiltIn of(Expr.Query query) {
        return switch (query) {
            case GLOBAL_ID -> GLOBAL_INVOCATION_ID;
            case LOCAL_ID -> LOCAL_INVOCATION_ID;
            case GROUP_ID -> WORKGROUP_ID;
            case GLOBAL_SIZE -> GLOBAL_SIZE;
            case LOCAL_SIZE -> WORKGROUP_SIZE;
            case GROUP_COUNT -> NUM_WORKGROUPS;
        };
    }
}
