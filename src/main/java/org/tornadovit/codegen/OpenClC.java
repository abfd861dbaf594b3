package org.tornadovit.codegen;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import org.tornadovit.device.Code;
import org.tornadovit.device.DeviceInfo.Feature;
import org.tornadovit.device.Digest;
import org.tornadovit.device.FpgaVendor;
import org.tornadovit.device.Range;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * Writes kernels as OpenCL C 1.2.
 *
 * <p>The entry is {@code k_} and the name of the kernel. Its arguments are the arrays of the kernel
 * in order, then the scalar parameters (BOOL as a byte, F16 and BF16 as the bits), then, when the
 * kernel has a {@link Stmt.Check}, the record of {@link Checks}. An {@link Expr.Length} must have
 * been replaced by a constant, and so the length of a {@link Stmt.Allocate}.
 *
 * <p>A GRID loop with constant bounds needs a launch of at least its {@link Stmt.For#trips} along
 * its axis; work-items beyond do nothing. With other bounds the work-items of any launch share its
 * iterations.
 *
 * <p>Java's meaning is kept to the bit apart from the functions (see {@link OpenClFunctions}), NaN
 * payloads and, where allowed, contraction. A work-item that ends before a barrier, by a return or
 * a failed check, holds no other item up (see {@link Convergence}).
 */
public final class OpenClC implements Renderer {
    /** The name of the last parameter of a kernel with checks. */
    static final String STATUS = "status";

    private final Set<Feature> features;
    private final Contraction contraction;
    private final OpenClDialect dialect;

    /**
     * Creates a renderer for devices whose driver compiles.
     *
     * @param features what the device can do beyond OpenCL C 1.2
     * @param contraction whether products and sums may be fused
     */
    public OpenClC(Set<Feature> features, Contraction contraction) {
        this(features, contraction, OpenClDialect.PLAIN);
    }

    /**
     * Creates a renderer for FPGAs. A kernel of loops is one work-item there, whatever its launch,
     * and the name of a kernel ends with a number that tells its text, so that what was compiled of
     * another text is not taken for it.
     *
     * @param features what the device can do beyond OpenCL C 1.2
     * @param contraction whether products and sums may be fused
     * @param vendor whose tools read the text
     */
    public OpenClC(Set<Feature> features, Contraction contraction, FpgaVendor vendor) {
        this(features, contraction, OpenClDialect.of(vendor));
    }

    private OpenClC(Set<Feature> features, Contraction contraction, OpenClDialect dialect) {
        this.features = Set.copyOf(features);
        this.contraction = contraction;
        this.dialect = dialect;
    }

    @Override
    public Code render(Kernel kernel) {
        return render(kernel, Optional.empty());
    }

    @Override
    public Code render(Kernel kernel, Range range) {
        return render(kernel, range.items() == 0 ? Optional.empty() : Optional.of(range));
    }

    private Code render(Kernel kernel, Optional<Range> range) {
        Prepared prepared = Prepared.of(kernel, range);
        Kernel ready = prepared.kernel();
        String entry = OpenClNames.entry(kernel.name());
        OpenClNames names = new OpenClNames(OpenClFunctions.called());
        Placement placement = new Placement(ready);
        Map<Array, String> arrays = new HashMap<>();
        Map<Var, String> variables = new HashMap<>();
        String signature = signature(ready, names, arrays, variables);
        String declarations = declarations(ready, names, arrays, variables, placement);
        boolean lone = dialect.isOneItem(ready);
        OpenClPrelude prelude =
                new OpenClPrelude(lone ? OpenClPrelude.LONE_TRAP : OpenClPrelude.TRAP);
        OpenClExpressions expressions =
                new OpenClExpressions(variables, arrays, new Intervals(ready, range), prelude);
        String body =
                new OpenClStatements(
                                expressions,
                                placement,
                                names,
                                prelude,
                                new OpenClHints(dialect, expressions::name),
                                prepared.failure())
                        .render(ready.body());
        String helpers = prelude.text();
        String before =
                pragmas(ready)
                        + "\n"
                        + (helpers.isEmpty() ? "" : helpers + "\n")
                        + "__kernel"
                        + dialect.attributes(ready, range)
                        + "void ";
        String after = "(" + signature + ") {\n" + declarations + body + "}\n";
        String name = dialect.isOffline() ? entry + "_" + Digest.of(before + after) : entry;
        return new Code.Text(name, "opencl-c", before + name + after);
    }

    private String pragmas(Kernel kernel) {
        Set<String> extensions = new TreeSet<>();
        for (Feature feature : Abilities.needed(kernel, features)) {
            if (feature == Feature.FP64) {
                extensions.add("cl_khr_fp64");
            } else {
                extensions.add("cl_khr_int64_base_atomics");
                extensions.add("cl_khr_int64_extended_atomics");
            }
        }
        StringBuilder text = new StringBuilder();
        for (String extension : extensions) {
            text.append("#pragma OPENCL EXTENSION ").append(extension).append(" : enable\n");
        }
        return text.append("#pragma OPENCL FP_CONTRACT ")
                .append(contraction == Contraction.ALLOWED ? "ON\n" : "OFF\n")
                .toString();
    }

    private String signature(
            Kernel kernel,
            OpenClNames names,
            Map<Array, String> arrays,
            Map<Var, String> variables) {
        Set<Array> written = written(kernel);
        StringJoiner parameters = new StringJoiner(", ");
        for (Array array : kernel.arrays()) {
            String name = names.unique(array.name());
            arrays.put(array, name);
            parameters.add(
                    "__global "
                            + (written.contains(array) ? "" : "const ")
                            + OpenClTypes.pointee(array.element())
                            + " *"
                            + dialect.restrict()
                            + name);
        }
        for (Param param : kernel.params()) {
            if (param instanceof Param.OfScalar(var variable)) {
                String name = names.unique(variable.name());
                variables.put(variable, name);
                parameters.add(
                        OpenClTypes.memory(variable.type().scalar()) + " " + raw(variable, name));
            }
        }
        if (!Checks.sites(kernel).isEmpty()) {
            parameters.add("__global int *" + dialect.restrict() + STATUS);
        }
        return parameters.toString();
    }

    private static String declarations(
            Kernel kernel,
            OpenClNames names,
            Map<Array, String> arrays,
            Map<Var, String> variables,
            Placement placement) {
        StringBuilder text = new StringBuilder();
        for (Param param : kernel.params()) {
            if (param instanceof Param.OfScalar(var variable)) {
                text.append(unpacked(variable, Objects.requireNonNull(variables.get(variable))));
            }
        }
        Allocations.lengths(kernel)
                .forEach((array, length) -> {
                    String name = names.unique(array.name());
                    arrays.put(array, name);
                    text.append(
                            "    %s%s %s[%d];\n"
                                    .formatted(
                                            array.space() == Space.LOCAL ? "__local " : "",
                                            OpenClTypes.memory(array.element()),
                                            name,
                                            length));
                });
        for (Var variable : placement.variables()) {
            variables.computeIfAbsent(variable, v -> names.unique(v.name()));
        }
        for (Var variable : placement.atTop()) {
            text.append(
                    "    %s %s;\n"
                            .formatted(
                                    OpenClTypes.register(variable.type()),
                                    variables.get(variable)));
        }
        return text.toString();
    }

    /** The name of a scalar parameter as it comes in; another one where it is then unpacked. */
    private static String raw(Var variable, String name) {
        return unpacked(variable, name).isEmpty() ? name : "k_" + name;
    }

    private static String unpacked(Var variable, String name) {
        return switch (variable.type().scalar()) {
            case BOOL -> "    bool %s = k_%s != 0;\n".formatted(name, name);
            case F16 ->
                    "    float %s = vload_half(0, (__private const half *)&k_%s);\n"
                            .formatted(name, name);
            case BF16 -> "    float %s = as_float((uint)k_%s << 16);\n".formatted(name, name);
            case I8, I16, U16, I32, I64, F32, F64 -> "";
        };
    }

    private static Set<Array> written(Kernel kernel) {
        Set<Array> written = new HashSet<>();
        new Walker() {
            @Override
            protected void visit(Stmt stmt) {
                switch (stmt) {
                    case Stmt.Store(var array, _, _, _) -> written.add(array);
                    case Stmt.Atomic atomic -> written.add(atomic.array());
                    default -> {}
                }
            }
        }.walk(kernel.body());
        return written;
    }
}
