package org.tornadovit.codegen.spirv;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tornadovit.codegen.Allocations;
import org.tornadovit.codegen.Checks;
import org.tornadovit.codegen.Contraction;
import org.tornadovit.codegen.Intervals;
import org.tornadovit.codegen.Placement;
import org.tornadovit.codegen.Prepared;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

/** One kernel as the words of a module. */
public final class KernelModule {
    private final Prepared prepared;
    private final Kernel kernel;
    private final String entry;
    private final SpirvModule module = new SpirvModule();
    private final Words functions = new Words();
    private final List<Integer> parameterTypes = new ArrayList<>();
    private final Words parameters = new Words();

    private KernelModule(Prepared prepared, String entry) {
        this.prepared = prepared;
        this.kernel = prepared.kernel();
        this.entry = entry;
    }

    /**
     * {@return the words of a module with one kernel}
     *
     * @param prepared the kernel
     * @param entry its name in the module
     * @param intervals bounds of its values
     * @param contraction whether products and sums may be fused
     * @param hints what the module may say beyond SPIR-V 1.0
     */
    public static int[] words(
            Prepared prepared,
            String entry,
            Intervals intervals,
            Contraction contraction,
            Set<Hint> hints) {
        return new KernelModule(prepared, entry).words(intervals, contraction, hints);
    }

    /** {@return words as a driver takes them, little-endian} */
    public static byte[] bytes(int[] words) {
        return SpirvModule.bytes(words);
    }

    private int[] words(Intervals intervals, Contraction contraction, Set<Hint> hints) {
        int function = module.id();
        Body body = new Body(module);
        Values values = new Values(body, hints);
        Memory memory = new Memory(body, values);
        Variables variables = new Variables(body, kernel);
        List<Runnable> unpacking = new ArrayList<>();
        for (Array array : kernel.arrays()) {
            memory.define(array, parameter(memory.parameter(array), array.name()));
        }
        for (Param param : kernel.params()) {
            if (param instanceof Param.OfScalar(var variable)) {
                int memoryType = module.memory(variable.type().scalar(), 1);
                int id = parameter(memoryType, variable.name());
                unpacking.add(() -> unpack(values, variables, variable, id));
            }
        }
        int status =
                Checks.sites(kernel).isEmpty() ? 0 : parameter(Trap.parameter(module), "status");
        Trap trap = new Trap(module, status);
        allocate(body, memory);
        unpacking.forEach(Runnable::run);
        Expressions expressions = new Expressions(body, values, memory, variables, intervals);
        new Statements(
                        body,
                        values,
                        memory,
                        variables,
                        expressions,
                        new Placement(kernel),
                        trap,
                        prepared.failure())
                .write(kernel.body());
        if (body.isOpen()) {
            body.end(Op.RETURN);
        }
        functions.add(
                Op.FUNCTION,
                module.voidType(),
                function,
                Operand.NONE,
                module.procedure(parameterTypes));
        functions.add(parameters);
        functions.add(body.words());
        functions.add(Op.FUNCTION_END);
        functions.add(trap.words());
        List<Integer> modes =
                contraction == Contraction.ALLOWED ? List.of() : List.of(Operand.CONTRACTION_OFF);
        return module.words(function, entry, modes, functions);
    }

    private int parameter(int type, String name) {
        int id = module.id();
        parameterTypes.add(type);
        parameters.add(Op.FUNCTION_PARAMETER, type, id);
        module.name(id, name);
        return id;
    }

    /** BOOL comes as a byte, F16 and BF16 as their bits. */
    private static void unpack(Values values, Variables variables, Var variable, int id) {
        Type type = variable.type();
        Value value =
                switch (type.scalar()) {
                    case BOOL -> values.conversions().cast(type, new Value(Type.of(Scalar.I8), id));
                    case F16, BF16 ->
                            values.conversions().ofBits(type, new Value(Type.of(Scalar.U16), id));
                    case I8, I16, U16, I32, I64, F32, F64 -> new Value(type, id);
                };
        if (variables.isAssignedOnce(variable)) {
            variables.settle(variable, value);
        } else {
            variables.write(variable, value);
        }
    }

    /** Arrays of a group are named after the kernel: a driver for CPUs finds them by that. */
    private void allocate(Body body, Memory memory) {
        for (Map.Entry<Array, Long> entryOf : Allocations.lengths(kernel).entrySet()) {
            Array array = entryOf.getKey();
            int type = module.array(module.memory(array.element(), 1), entryOf.getValue());
            if (array.space() == Space.LOCAL) {
                memory.define(array, module.groupVariable(type, entry + "." + array.name()));
            } else {
                int variable = body.variable(type);
                module.name(variable, array.name());
                memory.define(array, variable);
            }
        }
    }
}
