package org.tornadovit.frontend;

import java.lang.classfile.Instruction;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.invoke.MethodHandleInfo;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds the method of a lambda that is not serializable, as in classes compiled against TornadoVM's
 * own API: the {@code invokedynamic} that made it is found in the class file of its maker.
 */
public final class CallSites {
    private CallSites() {}

    /**
     * {@return the method that {@code function} runs}
     *
     * @param function a lambda or method reference
     * @param frames the methods under way, from the one that passed {@code function} as an argument
     *     to its callers; walked with RETAIN_CLASS_REFERENCE
     * @param argument the position of {@code function} among the arguments of the first call,
     *     counted in slots, without the receiver
     * @throws IllegalArgumentException when the class files do not tell the method
     */
    public static KernelMethod resolve(
            Object function, List<StackWalker.StackFrame> frames, int argument) {
        int slot = argument;
        String callee = "";
        for (StackWalker.StackFrame frame : frames) {
            MethodCode code = code(frame);
            int call = step(code, frame.getByteCodeIndex());
            if (!(code.steps().get(call).instruction() instanceof InvokeInstruction invoke)
                    || !callee.isEmpty() && !callee.equals(name(invoke))) {
                break;
            }
            int fromTop = Origins.size(invoke.typeSymbol()) - slot;
            ControlFlow flow = ControlFlow.of(code);
            List<Integer> stack = Origins.before(code, start(flow, call), call);
            int origin =
                    stack.size() < fromTop ? Origins.ELSEWHERE : stack.get(stack.size() - fromTop);
            int maker = follow(code, flow, origin);
            if (maker >= 0
                    && code.steps().get(maker).instruction()
                            instanceof InvokeDynamicInstruction i) {
                return made(i, frame.getDeclaringClass(), function);
            }
            if (maker == Origins.ELSEWHERE || parameter(code, maker) < 0) {
                break;
            }
            slot = parameter(code, maker);
            callee = frame.getMethodName() + frame.getDescriptor();
        }
        throw new IllegalArgumentException(
                "the method of the lambda "
                        + function.getClass().getName()
                        + " is not to be found; pass the method reference in the call of task()"
                        + " itself, or compile against this API");
    }

    private static String name(InvokeInstruction invoke) {
        return invoke.name().stringValue() + invoke.type().stringValue();
    }

    private static MethodCode code(StackWalker.StackFrame frame) {
        return Stream.of(frame.getDeclaringClass().getDeclaredMethods())
                .filter(m -> m.getName().equals(frame.getMethodName()))
                .filter(m -> MethodCode.descriptor(m).equals(frame.getDescriptor()))
                .findFirst()
                .map(MethodCode::of)
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "a task is made in "
                                        + frame
                                        + ", which is no method; make it in a method"));
    }

    private static int step(MethodCode code, int bci) {
        return IntStream.range(0, code.steps().size())
                .filter(i -> code.steps().get(i).bci() == bci)
                .findFirst()
                .orElseThrow();
    }

    private static int start(ControlFlow flow, int step) {
        return flow.block(step).from();
    }

    /** {@return the step that made what the step {@code origin} pushed, through variables} */
    private static int follow(MethodCode code, ControlFlow flow, int origin) {
        int step = origin;
        List<Integer> seen = new ArrayList<>();
        while (step >= 0 && !seen.contains(step)) {
            seen.add(step);
            Instruction instruction = code.steps().get(step).instruction();
            if (!(instruction instanceof LoadInstruction load)) {
                return step;
            }
            List<Integer> stores =
                    IntStream.range(0, code.steps().size())
                            .filter(i ->
                                    code.steps().get(i).instruction() instanceof StoreInstruction s
                                            && s.slot() == load.slot())
                            .boxed()
                            .toList();
            if (stores.isEmpty()) {
                return step;
            }
            Optional<Integer> store = reaching(code, flow, stores, step);
            if (store.isEmpty()) {
                return Origins.ELSEWHERE;
            }
            List<Integer> stack = Origins.before(code, start(flow, store.get()), store.get());
            step = stack.isEmpty() ? Origins.ELSEWHERE : stack.getLast();
        }
        return Origins.ELSEWHERE;
    }

    /** {@return the only store that reaches the load at {@code step}} */
    private static Optional<Integer> reaching(
            MethodCode code, ControlFlow flow, List<Integer> stores, int step) {
        if (flow.block(step).order() < 0) {
            return Optional.empty(); // an exception handler
        }
        Webs webs = new Webs(code, flow, MethodTranslator.parameterSlots(code.method()));
        List<Integer> definitions = webs.at(step).definitions();
        return definitions.size() == 1 && stores.contains(definitions.getFirst())
                ? Optional.of(definitions.getFirst())
                : Optional.empty();
    }

    /** {@return the slot, without the receiver, of the parameter that a step loads, or -1} */
    private static int parameter(MethodCode code, int step) {
        Executable method = code.method();
        int first = Modifier.isStatic(method.getModifiers()) ? 0 : 1;
        return code.steps().get(step).instruction() instanceof LoadInstruction load
                ? load.slot() - first
                : -1;
    }

    private static KernelMethod made(
            InvokeDynamicInstruction instruction, Class<?> maker, Object function) {
        List<LoadableConstantEntry> constants = instruction.invokedynamic().bootstrap().arguments();
        if (constants.size() < 3 || !(constants.get(1) instanceof MethodHandleEntry handle)) {
            throw new IllegalArgumentException(
                    "the function made in " + maker.getName() + " is no lambda");
        }
        if (handle.kind() == MethodHandleInfo.REF_newInvokeSpecial) {
            throw new IllegalArgumentException("a constructor cannot be a kernel");
        }
        Method method =
                KernelMethod.find(
                        handle.reference().owner().asInternalName(),
                        handle.reference().name().stringValue(),
                        handle.reference().type().stringValue(),
                        maker);
        return new KernelMethod(method, captured(function, instruction));
    }

    /** The captured values are the fields of the lambda's class, in order. */
    private static List<Object> captured(Object function, InvokeDynamicInstruction instruction) {
        List<Object> values = new ArrayList<>();
        for (Field field : function.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                values.add(Source.read(field, function));
            }
        }
        if (values.size() != instruction.typeSymbol().parameterCount()) {
            throw new IllegalArgumentException(
                    "the captured values of " + function.getClass().getName() + " are hidden");
        }
        return values;
    }
}
