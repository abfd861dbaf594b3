package org.tornadovit.frontend;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeAnnotation;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tornadovit.ir.Site;

/** The bytecode of one method: instructions with their places, variable names, parallel marks. */
final class MethodCode {
    /** An instruction, its byte-code index and its source line (0: unknown). */
    record Step(int bci, int line, Instruction instruction) {}

    /** A name of a local variable within {@code [from, to)}. */
    private record Name(int slot, int from, int to, String name) {}

    /** A {@code @Parallel} variable: its slot, and the range that starts after its first store. */
    record Mark(int slot, int from, int to) {}

    private final Executable method;
    private final CodeAttribute code;
    private final List<Step> steps = new ArrayList<>();
    private final List<Name> names = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();

    private MethodCode(Executable method, CodeAttribute code) {
        this.method = method;
        this.code = code;
        int bci = 0;
        int line = 0;
        for (CodeElement element : code) {
            switch (element) {
                case Instruction i -> {
                    steps.add(new Step(bci, line, i));
                    bci += i.sizeInBytes();
                }
                case LineNumber l -> line = l.line();
                case LocalVariable v ->
                        names.add(
                                new Name(
                                        v.slot(),
                                        bci(v.startScope()),
                                        bci(v.endScope()),
                                        v.name().stringValue()));
                default -> {}
            }
        }
        code.findAttribute(Attributes.runtimeVisibleTypeAnnotations())
                .ifPresent(attribute -> attribute.annotations().forEach(this::mark));
    }

    /**
     * {@return the code of {@code method}}
     *
     * @throws UnsupportedKernelException when it has none or is synchronized
     */
    static MethodCode of(Executable method) {
        Site site = new Site(name(method), 0);
        if ((method.getModifiers() & ClassFile.ACC_SYNCHRONIZED) != 0) {
            throw new UnsupportedKernelException(
                    site, "a synchronized method", "remove the modifier");
        }
        String descriptor = descriptor(method);
        for (MethodModel model : ClassFiles.of(method.getDeclaringClass()).methods()) {
            if (model.methodName().equalsString(memberName(method))
                    && model.methodType().equalsString(descriptor)) {
                Optional<CodeAttribute> code = model.findAttribute(Attributes.code());
                if (code.isEmpty()) {
                    throw new UnsupportedKernelException(
                            site, "a native or abstract method", "call a method with a body");
                }
                return new MethodCode(method, code.get());
            }
        }
        throw new IllegalArgumentException(
                "the class file of " + name(method) + " does not hold that method");
    }

    /** {@return the descriptor of a method, as in {@code (IF)V}} */
    static String descriptor(Executable method) {
        StringBuilder text = new StringBuilder("(");
        for (Class<?> type : method.getParameterTypes()) {
            text.append(type.descriptorString());
        }
        return text.append(')').append(result(method).descriptorString()).toString();
    }

    /** {@return what the method returns; nothing for a constructor} */
    static Class<?> result(Executable method) {
        return method instanceof Method m ? m.getReturnType() : void.class;
    }

    private static String memberName(Executable method) {
        return method instanceof Constructor<?> ? "<init>" : method.getName();
    }

    /** {@return class and method, as in {@code Outer.Inner.method}} */
    static String name(Executable method) {
        String type = method.getDeclaringClass().getName();
        return type.substring(type.lastIndexOf('.') + 1).replace('$', '.')
                + "."
                + memberName(method);
    }

    private void mark(TypeAnnotation annotation) {
        if (annotation.annotation().className().equalsString(ApiTypes.PARALLEL)
                && annotation.targetInfo() instanceof TypeAnnotation.LocalVarTarget target) {
            for (TypeAnnotation.LocalVarTargetInfo range : target.table()) {
                marks.add(new Mark(range.index(), bci(range.startLabel()), bci(range.endLabel())));
            }
        }
    }

    Executable method() {
        return method;
    }

    List<Step> steps() {
        return steps;
    }

    List<Mark> marks() {
        return marks;
    }

    /** {@return whether the method has exception handlers} */
    boolean hasHandlers() {
        return !code.exceptionHandlers().isEmpty();
    }

    int bci(Label label) {
        return code.labelToBci(label);
    }

    /** {@return the byte-code index after the step numbered {@code step}} */
    int end(int step) {
        return steps.get(step).bci() + steps.get(step).instruction().sizeInBytes();
    }

    /** {@return the place of a step} */
    Site site(Step step) {
        return new Site(name(method), step.line());
    }

    /** {@return the place of the instruction at a byte-code index} */
    Site site(int bci) {
        int line = 0;
        for (Step step : steps) {
            if (step.bci() > bci) {
                break;
            }
            line = step.line();
        }
        return new Site(name(method), line);
    }

    /** {@return the place of the method as a whole} */
    Site site() {
        return new Site(name(method), steps.isEmpty() ? 0 : steps.getFirst().line());
    }

    /** {@return the name of a local variable at a byte-code index, if the class file tells} */
    Optional<String> variable(int slot, int bci) {
        return names.stream()
                .filter(n -> n.slot() == slot && n.from() <= bci && bci < n.to())
                .map(Name::name)
                .findFirst();
    }
}
