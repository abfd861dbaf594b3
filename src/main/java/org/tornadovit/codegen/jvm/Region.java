package org.tornadovit.codegen.jvm;

import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;

/**
 * A part of a kernel that becomes a static method.
 *
 * @param name name of the method
 * @param body what it does
 * @param inputs its parameters
 * @param output the variable whose value it returns
 * @param next label of the loop whose next iteration begins when the method returns early
 * @param vectors whether its own code has vectors; then it has a last parameter, {@code dry}, and
 *     does nothing when that is not 0: see {@link Settling}
 */
record Region(
        String name,
        Stmt body,
        List<Var> inputs,
        Optional<Var> output,
        Optional<Label> next,
        boolean vectors) {
    static final Comparator<Region> BY_NAME = Comparator.comparing(Region::name);

    Region {
        inputs = List.copyOf(inputs);
    }

    /** {@return the type of the method} */
    MethodTypeDesc type() {
        List<ClassDesc> parameters = new ArrayList<>();
        inputs.forEach(v -> parameters.add(Carrier.of(v.type().scalar()).type()));
        if (vectors) {
            parameters.add(ConstantDescs.CD_int);
        }
        return MethodTypeDesc.of(
                output.map(v -> Carrier.of(v.type().scalar()).type()).orElse(ConstantDescs.CD_void),
                parameters);
    }
}
