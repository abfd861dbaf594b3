package org.tornadovit.codegen.jvm;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import org.tornadovit.ir.Var;

/**
 * Has methods with vectors compiled soon. The interpreter makes an object of every vector, a
 * thousand times slower than compiled code, and the just-in-time compiler waits for thousands of
 * calls. So the first real calls are followed by dry ones, which count and do nothing.
 */
final class Settling {
    private static final int ACCESS = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC;
    private static final int ACC_METHOD = ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL;
    private static final MethodTypeDesc SETTLE = Names.method(CD_void, CD_int);

    /** The call that goes by the second gate, of those that are left: one of many. */
    private static final int SECOND_GATE = 4096;

    /** The value of {@code dry} that the first gate lets out. */
    static final int FIRST_GATE = 1;

    private Settling() {}

    /** Writes what stands before a real call. */
    static void call(CodeBuilder code, ClassDesc owner, Region region) {
        code.getstatic(owner, field(region), Names.WARM_UP)
                .invokevirtual(Names.WARM_UP, "dryCalls", Names.method(CD_int))
                .invokestatic(owner, method(region), SETTLE);
    }

    /** Writes what the regions with vectors need in the class. */
    static void members(ClassBuilder builder, KernelClass kernel, List<Region> regions) {
        ClassDesc owner = kernel.type();
        List<Region> vectors = regions.stream().filter(Region::vectors).toList();
        for (Region region : vectors) {
            builder.withField(field(region), Names.WARM_UP, ACCESS | ClassFile.ACC_FINAL);
            builder.withMethodBody(
                    method(region), SETTLE, ACCESS, code -> dryCalls(code, owner, region));
        }
        builder.withMethodBody(
                "vectorMethods",
                Names.method(CD_int),
                ACC_METHOD,
                code -> code.loadConstant(vectors.size()).ireturn());
        builder.withMethodBody(
                "callDry",
                Names.method(CD_void, CD_int, CD_int),
                ACC_METHOD,
                code -> callDry(code, owner, vectors));
        builder.withMethodBody(
                "rehearse",
                Names.method(CD_void, CD_long),
                ACC_METHOD,
                code -> Rehearsal.write(code, kernel, vectors));
        if (!vectors.isEmpty() || kernel.exactTypes().areUsed()) {
            kernel.exactTypes().fields(builder);
            builder.withMethodBody(
                    "<clinit>",
                    MTD_void,
                    ClassFile.ACC_STATIC,
                    code -> {
                        kernel.exactTypes().initialise(code);
                        for (Region region : vectors) {
                            code.new_(Names.WARM_UP)
                                    .dup()
                                    .invokespecial(Names.WARM_UP, "<init>", MTD_void)
                                    .putstatic(owner, field(region), Names.WARM_UP);
                        }
                        code.return_();
                    });
        }
    }

    /** callDry(this, number, calls) */
    private static void callDry(CodeBuilder code, ClassDesc owner, List<Region> vectors) {
        for (int i = 0; i < vectors.size(); i++) {
            Label next = code.newLabel();
            code.iload(1).loadConstant(i).if_icmpne(next);
            code.iload(2).invokestatic(owner, method(vectors.get(i)), SETTLE).return_();
            code.labelBinding(next);
        }
        code.return_();
    }

    /** Calls a region dry: nearly always by its first gate, now and then by its second. */
    private static void dryCalls(CodeBuilder code, ClassDesc owner, Region region) {
        int left = 0;
        Label head = code.newLabel();
        Label end = code.newLabel();
        code.labelBinding(head).iload(left).ifle(end);
        for (Var v : region.inputs()) {
            switch (Carrier.of(v.type().scalar())) {
                case INT -> code.iconst_0();
                case LONG -> code.lconst_0();
                case FLOAT -> code.fconst_0();
                case DOUBLE -> code.dconst_0();
            }
        }
        Label seldom = code.newLabel();
        Label gate = code.newLabel();
        code.iload(left).loadConstant(SECOND_GATE).if_icmpeq(seldom);
        code.iconst_1().goto_(gate);
        code.labelBinding(seldom).iconst_2().labelBinding(gate);
        code.invokestatic(owner, region.name(), region.type());
        if (!region.type().returnType().equals(ConstantDescs.CD_void)) {
            if (Outline.slots(region.output().orElseThrow().type()) == 2) {
                code.pop2();
            } else {
                code.pop();
            }
        }
        code.iinc(left, -1).goto_(head).labelBinding(end).return_();
    }

    private static String field(Region region) {
        return "warm_up_" + region.name();
    }

    /** No name of a method with vectors: it may be compiled in any way. */
    private static String method(Region region) {
        return "settle_" + region.name();
    }
}
