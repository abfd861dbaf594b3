package org.tornadovit.codegen.jvm;

import static java.lang.constant.ConstantDescs.CD_int;
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
    private static final MethodTypeDesc SETTLE = Names.method(CD_void, CD_int);

    private Settling() {}

    /** Writes what stands before a real call. */
    static void call(CodeBuilder code, ClassDesc owner, Region region) {
        code.getstatic(owner, field(region), Names.WARM_UP)
                .invokevirtual(Names.WARM_UP, "dryCalls", Names.method(CD_int))
                .invokestatic(owner, method(region), SETTLE);
    }

    /** Writes what the regions with vectors need in the class. */
    static void members(ClassBuilder builder, ClassDesc owner, List<Region> regions) {
        List<Region> vectors = regions.stream().filter(Region::vectors).toList();
        for (Region region : vectors) {
            builder.withField(field(region), Names.WARM_UP, ACCESS | ClassFile.ACC_FINAL);
            builder.withMethodBody(
                    method(region), SETTLE, ACCESS, code -> dryCalls(code, owner, region));
        }
        if (!vectors.isEmpty()) {
            builder.withMethodBody(
                    "<clinit>",
                    MTD_void,
                    ClassFile.ACC_STATIC,
                    code -> {
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
        code.iconst_1().invokestatic(owner, region.name(), region.type());
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
