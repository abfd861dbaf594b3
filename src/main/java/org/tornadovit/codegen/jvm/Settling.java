package org.tornadovit.codegen.jvm;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import org.tornadovit.ir.Var;

/**
 * Has methods with vectors compiled at once. The interpreter makes an object of every vector, a
 * thousand times slower than compiled code, and the just-in-time compiler waits for thousands of
 * calls. So the first real calls are followed by dry ones, which count and do nothing: a method that
 * ran once or twice, so that its profile is known, is compiled within a second. Dry calls come again
 * now and then, for methods that the compiler had to give up.
 */
final class Settling {
    /** Calls after which nothing is counted any more. */
    private static final int SETTLED = 20_000;

    private static final int ACCESS = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC;

    private Settling() {}

    /** Writes what stands before a real call. */
    static void call(CodeBuilder code, ClassDesc owner, Region region) {
        Label settled = code.newLabel();
        code.getstatic(owner, counter(region), CD_int)
                .loadConstant(SETTLED)
                .if_icmpge(settled)
                .invokestatic(owner, method(region), MTD_void)
                .labelBinding(settled);
    }

    /** Writes the counter of a region and the method that counts and calls it dry. */
    static void members(ClassBuilder builder, ClassDesc owner, Region region) {
        builder.withField(counter(region), CD_int, ACCESS);
        builder.withMethodBody(
                method(region), MTD_void, ACCESS, code -> dryCalls(code, owner, region));
    }

    private static void dryCalls(CodeBuilder code, ClassDesc owner, Region region) {
        String counter = counter(region);
        int left = 0;
        code.getstatic(owner, counter, CD_int)
                .dup()
                .iconst_1()
                .iadd()
                .putstatic(owner, counter, CD_int)
                .invokestatic(Names.WARM_UP, "dryCalls", Names.method(CD_int, CD_int))
                .istore(left);
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

    private static String counter(Region region) {
        return region.name() + "Calls";
    }

    private static String method(Region region) {
        return "settle_" + region.name(); // no name of a method with vectors
    }
}
