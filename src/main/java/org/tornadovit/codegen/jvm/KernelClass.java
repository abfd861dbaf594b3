package org.tornadovit.codegen.jvm;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;

/** The class of one kernel: an entry that unpacks the arguments, and a method for each region. */
public final class KernelClass {
    private static final int ACC_METHOD = ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL;
    private static final int ACC_REGION = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC;

    private final Kernel kernel;
    private final Integers integers;
    private final Places places;
    private final GridSlices.Sliced sliced;
    private final Registers registers;
    private final Map<Stmt, Region> regions;
    private final Map<Stmt, Integer> checks = new IdentityHashMap<>();
    private final ExactTypes exactTypes;

    /**
     * Prepares a class.
     *
     * @param checks the checks of the kernel in the order of its text
     * @param integers what is known of integer values
     * @param vectorBits width of the vector registers, 0 when there are none
     */
    public KernelClass(Kernel kernel, List<Stmt.Check> checks, Integers integers, int vectorBits) {
        if (kernel.form() != Kernel.Form.LOOPS) {
            throw new IllegalArgumentException(
                    "kernel " + kernel.name() + " is code of a work-item, not loops");
        }
        this.kernel = kernel;
        this.integers = integers;
        checks.forEach(c -> this.checks.put(c, this.checks.size()));
        places = Places.of(kernel);
        sliced = GridSlices.of(kernel);
        registers = new Registers(sliced.body(), vectorBits);
        regions = Outline.of(sliced.body(), places);
        exactTypes = new ExactTypes(type(), registers);
    }

    /** {@return the class file} */
    public byte[] bytes() {
        return ClassFile.of()
                .build(
                        type(),
                        builder -> {
                            builder.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL);
                            builder.withInterfaceSymbols(Names.GENERATED_KERNEL);
                            members(builder);
                        });
    }

    private void members(ClassBuilder builder) {
        builder.withMethodBody(
                "<init>",
                MTD_void,
                ClassFile.ACC_PUBLIC,
                code -> code.aload(0).invokespecial(CD_Object, "<init>", MTD_void).return_());
        builder.withMethodBody(
                "run",
                Names.method(CD_void, CD_long.arrayType(), CD_long, CD_long, CD_long),
                ACC_METHOD,
                this::entry);
        List<Region> ordered = regions.values().stream().sorted(Region.BY_NAME).toList();
        for (Region region : ordered) {
            builder.withMethodBody(
                    region.name(),
                    region.type(),
                    ACC_REGION,
                    code -> new MethodWriter(code, this).region(region));
        }
        Settling.members(builder, this, ordered);
        builder.withMethodBody(
                "work",
                Names.method(CD_double),
                ACC_METHOD,
                code -> code.loadConstant(Work.of(kernel.body())).dreturn());
        builder.withMethodBody(
                "signature",
                Names.method(CD_String),
                ACC_METHOD,
                code -> code.loadConstant(signature()).areturn());
        builder.withMethodBody(
                "axes",
                Names.method(CD_String),
                ACC_METHOD,
                code -> code.loadConstant(axes()).areturn());
        builder.withMethodBody( // last, because the others may reserve scratch memory
                "scratchBytes",
                Names.method(CD_long),
                ACC_METHOD,
                code -> code.loadConstant(places.scratchBytes()).lreturn());
    }

    private String axes() {
        StringBuilder axes = new StringBuilder();
        sliced.axes().forEach(axes::append);
        return axes.toString();
    }

    private String signature() {
        StringBuilder letters = new StringBuilder();
        for (Param param : kernel.params()) {
            switch (param) {
                case Param.OfArray(var array) -> letters.append(array.element().bytes());
                case Param.OfScalar(var variable) ->
                        letters.append(letter(variable.type().scalar()));
                case Param.OfContext _ -> {}
            }
        }
        return letters.toString();
    }

    private static char letter(Scalar scalar) {
        return switch (scalar) {
            case BOOL -> 'Z';
            case I8 -> 'B';
            case I16 -> 'S';
            case U16 -> 'C';
            case I32 -> 'I';
            case I64 -> 'J';
            case F16 -> 'H';
            case BF16 -> 'G';
            case F32 -> 'F';
            case F64 -> 'D';
        };
    }

    /** run(this, arguments, scratch, from, to): gives the words of the arguments their names. */
    private void entry(CodeBuilder code) {
        MethodWriter writer = new MethodWriter(code, this);
        writer.parameter(places.scratch(), 2);
        writer.parameter(sliced.from(), 4);
        writer.parameter(sliced.to(), 6);
        Set<Var> used = Flow.exposed(sliced.body(), places);
        int word = 0;
        List<Array> arrays = new ArrayList<>();
        for (Param param : kernel.params()) {
            switch (param) {
                case Param.OfArray(var array) -> {
                    arrays.add(array);
                    unpack(code, writer, used, places.base(array), word++);
                }
                case Param.OfScalar(var variable) -> unpack(code, writer, used, variable, word++);
                case Param.OfContext _ -> {}
            }
        }
        for (Var size : sliced.sizes()) {
            unpack(code, writer, used, size, word++);
        }
        for (Array array : arrays) {
            if (places.length(array) instanceof Var length) {
                unpack(code, writer, used, length, word);
            }
            word++;
        }
        writer.declare(sliced.body());
        writer.statement(sliced.body());
        code.return_();
    }

    private static void unpack(
            CodeBuilder code, MethodWriter writer, Set<Var> used, Var v, int word) {
        if (!used.contains(v)) {
            return;
        }
        writer.declare(v);
        code.aload(1).loadConstant(word).laload();
        switch (Carrier.of(v.type().scalar())) {
            case INT -> code.l2i();
            case LONG -> {}
            case FLOAT -> {
                code.l2i();
                ScalarOps.bitcast(code, Scalar.I32, Scalar.F32);
            }
            case DOUBLE -> ScalarOps.bitcast(code, Scalar.I64, Scalar.F64);
        }
        writer.values().store(v, 0);
    }

    ClassDesc type() {
        return ClassDesc.of(Names.PACKAGE, kernel.name());
    }

    String name() {
        return kernel.name();
    }

    Registers registers() {
        return registers;
    }

    Places places() {
        return places;
    }

    ExactTypes exactTypes() {
        return exactTypes;
    }

    Integers integers() {
        return integers;
    }

    Optional<Region> region(Stmt stmt) {
        return Optional.ofNullable(regions.get(stmt));
    }

    int number(Stmt.Check check) {
        Integer number = checks.get(check);
        if (number == null) {
            throw new IllegalArgumentException("a check of kernel " + name() + " has no number");
        }
        return number;
    }
}
