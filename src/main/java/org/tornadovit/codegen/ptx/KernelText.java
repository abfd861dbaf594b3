package org.tornadovit.codegen.ptx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tornadovit.codegen.Allocations;
import org.tornadovit.codegen.Checks;
import org.tornadovit.codegen.Contraction;
import org.tornadovit.codegen.Intervals;
import org.tornadovit.codegen.Placement;
import org.tornadovit.codegen.Prepared;
import org.tornadovit.device.Range;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

/** One kernel as the text of a module. */
public final class KernelText {
    private final Kernel kernel;
    private final Prepared prepared;
    private final Body body;
    private final Values values;
    private final Memory memory;
    private final Variables variables;
    private final List<String> parameters = new ArrayList<>();

    private KernelText(Prepared prepared, Architecture architecture, Contraction contraction) {
        this.prepared = prepared;
        this.kernel = prepared.kernel();
        this.body = new Body(architecture);
        this.values = new Values(body, contraction);
        this.memory = new Memory(body, values);
        this.variables = new Variables(body, kernel);
    }

    /**
     * {@return the text of a module with one kernel}
     *
     * <p>Its parameters are the addresses of the arrays, then the scalars, both in the order of the
     * kernel, and last the record of failed checks where there are checks.
     *
     * @param prepared the kernel
     * @param entry its name in the module
     * @param architecture what it is written for
     * @param contraction whether products and sums may be fused
     * @param range the work-items, where they are known
     */
    public static String of(
            Prepared prepared,
            String entry,
            Architecture architecture,
            Contraction contraction,
            Optional<Range> range) {
        return new KernelText(prepared, architecture, contraction).text(entry, range);
    }

    /** {@return the size of a kernel's own array, a multiple of 8} */
    static long bytes(Array array, long length) {
        return Math.ceilDiv(length * array.element().bytes(), Long.BYTES) * Long.BYTES;
    }

    private String text(String entry, Optional<Range> range) {
        for (Array array : kernel.arrays()) {
            memory.define(array, pointer(array.name()));
        }
        for (Param param : kernel.params()) {
            if (param instanceof Param.OfScalar(var variable)) {
                unpack(variable);
            }
        }
        String status = Checks.sites(kernel).isEmpty() ? "" : pointer("status");
        String storage = allocate();
        Intervals intervals = new Intervals(kernel, range);
        Expressions expressions = new Expressions(body, values, memory, variables, intervals);
        Trap trap = new Trap(body, expressions, status, prepared.failure());
        new Statements(body, values, memory, variables, expressions, new Placement(kernel), trap)
                .write(kernel.body());
        if (body.isOpen()) {
            body.end();
        }
        trap.end();
        return """
        .version %s
        .target %s
        .address_size 64

        %s// %s
        .visible .entry %s(
            %s
        )%s
        {
        %s%s}
        """
                .formatted(
                        body.architecture().version(),
                        body.architecture(),
                        body.declarations(),
                        kernel.source(),
                        entry,
                        String.join(",\n    ", parameters),
                        range.map(KernelText::group).orElse(""),
                        storage,
                        body.text());
    }

    /** A group that the launch cannot choose lets the assembler use all registers. */
    private static String group(Range range) {
        return range.groupX() > 0 && range.groupY() > 0 && range.groupZ() > 0
                ? "\n.reqntid %d, %d, %d".formatted(range.groupX(), range.groupY(), range.groupZ())
                : "";
    }

    private String parameter(String type, String name) {
        String parameter = "p" + parameters.size() + "_" + Memory.identifier(name);
        parameters.add(".param ." + type + " " + parameter);
        return "[" + parameter + "]";
    }

    /** The address of an array in global memory. */
    private String pointer(String name) {
        String parameter = parameter("u64", name);
        return body.rd("cvta.to.global.u64", body.rd("ld.param.u64", parameter));
    }

    /** BOOL comes as a byte, F16 and BF16 as their bits. */
    private void unpack(Var variable) {
        Type type = variable.type();
        String name = variable.name();
        Value value =
                switch (type.scalar()) {
                    case BOOL ->
                            values.conversions()
                                    .cast(type, scalar(Type.I32, "u8", name, Bank.BITS32));
                    case I8 -> scalar(type, "s8", name, Bank.BITS32);
                    case I16 -> scalar(type, "s16", name, Bank.BITS32);
                    case U16 -> scalar(type, "u16", name, Bank.BITS32);
                    case F16, BF16 ->
                            values.conversions()
                                    .ofBits(
                                            type,
                                            scalar(Type.of(Scalar.U16), "u16", name, Bank.BITS32));
                    case I32 -> scalar(type, "b32", name, Bank.BITS32);
                    case I64 -> scalar(type, "b64", name, Bank.BITS64);
                    case F32 -> scalar(type, "f32", name, Bank.FLOAT);
                    case F64 -> scalar(type, "f64", name, Bank.DOUBLE);
                };
        if (variables.isAssignedOnce(variable)) {
            variables.settle(variable, value);
        } else {
            variables.write(variable, value);
        }
    }

    private Value scalar(Type type, String memoryType, String name, Bank bank) {
        return Value.of(
                type, body.emit(bank, "ld.param." + memoryType, parameter(memoryType, name)));
    }

    private String allocate() {
        StringBuilder storage = new StringBuilder();
        for (Map.Entry<Array, Long> entry : Allocations.lengths(kernel).entrySet()) {
            Array array = entry.getKey();
            String name = "a" + memory.count() + "_" + Memory.identifier(array.name());
            String space = array.space() == Space.LOCAL ? "shared" : "local";
            storage.append(
                    "    .%s .align 16 .b8 %s[%d];\n"
                            .formatted(space, name, bytes(array, entry.getValue())));
            memory.define(array, body.r("mov.u32", name));
        }
        return storage.toString();
    }
}
