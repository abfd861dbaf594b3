package org.tornadovit.codegen.jvm;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.tornadovit.device.CodeTooLongException;

/** The methods of a class file as people read them. */
public final class Listing {
    /** Bytes of a method that the just-in-time compiler takes, unless it is told otherwise. */
    public static final int COMPILED = 8000;

    private Listing() {}

    /**
     * {@return the instructions of every method}
     *
     * @param longest bytes that a method may have
     * @throws CodeTooLongException when a method has more
     */
    public static String of(String kernel, byte[] classFile, int longest) {
        StringBuilder text = new StringBuilder();
        for (MethodModel method : ClassFile.of().parse(classFile).methods()) {
            CodeAttribute code = method.findAttribute(Attributes.code()).orElseThrow();
            if (code.codeLength() > longest) {
                throw tooLong(
                        kernel,
                        "%d bytes of bytecode in one piece, at most %d are compiled"
                                .formatted(code.codeLength(), longest));
            }
            text.append(method.methodName().stringValue())
                    .append(method.methodTypeSymbol().displayDescriptor())
                    .append("  // ")
                    .append(code.codeLength())
                    .append(" bytes\n");
            Map<Label, String> labels = new HashMap<>();
            for (CodeElement element : code) {
                switch (element) {
                    case LabelTarget target ->
                            text.append(name(labels, target.label())).append(":\n");
                    case Instruction i -> text.append("    ").append(text(i, labels)).append('\n');
                    default -> {}
                }
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** {@return the exception for a kernel that became too much code, which {@code how} tells} */
    public static CodeTooLongException tooLong(String kernel, String how) {
        return new CodeTooLongException(
                "kernel %s is too long for device jvm: %s; split it into several tasks"
                        .formatted(kernel, how));
    }

    private static String name(Map<Label, String> labels, Label label) {
        return labels.computeIfAbsent(label, _ -> "L" + labels.size());
    }

    private static String text(Instruction instruction, Map<Label, String> labels) {
        String name = instruction.opcode().name().toLowerCase(Locale.ROOT);
        return switch (instruction) {
            case BranchInstruction b -> name + " " + name(labels, b.target());
            case LoadInstruction l -> base(name) + " " + l.slot();
            case StoreInstruction s -> base(name) + " " + s.slot();
            case IncrementInstruction i -> name + " " + i.slot() + " " + i.constant();
            case ConstantInstruction c ->
                    "const "
                            + c.typeKind().name().toLowerCase(Locale.ROOT)
                            + " "
                            + c.constantValue();
            case FieldInstruction f ->
                    name + " " + shortName(f.owner().asSymbol()) + "." + f.name().stringValue();
            case InvokeInstruction v ->
                    name
                            + " "
                            + shortName(v.owner().asSymbol())
                            + "."
                            + v.name().stringValue()
                            + v.typeSymbol().displayDescriptor();
            case TypeCheckInstruction t -> name + " " + shortName(t.type().asSymbol());
            case NewObjectInstruction n -> name + " " + shortName(n.className().asSymbol());
            default -> name;
        };
    }

    private static String base(String name) {
        int underscore = name.indexOf('_');
        return underscore < 0 ? name : name.substring(0, underscore);
    }

    private static String shortName(ClassDesc type) {
        return type.displayName();
    }
}
