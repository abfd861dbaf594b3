package org.tornadovit.frontend;

import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The method behind a task.
 *
 * @param method what runs
 * @param captured values that the lambda or method reference holds, which come before the task's
 *     arguments; for an instance method the receiver, unless it is an argument of the task
 */
public record KernelMethod(Method method, List<Object> captured) {
    /** Copies the list. */
    public KernelMethod {
        captured = List.copyOf(captured);
    }

    /** {@return the static method {@code method}} */
    public static KernelMethod of(Method method) {
        return new KernelMethod(method, List.of());
    }

    /** {@return all arguments of the method: captured values, then those of the task} */
    public List<Object> arguments(List<Object> taskArguments) {
        return Stream.concat(captured.stream(), taskArguments.stream()).toList();
    }

    /** {@return what each argument is, as {@link Translator#translate} takes it} */
    public List<Binding> bindings(List<Object> taskArguments) {
        return arguments(taskArguments).stream().map(Binding::of).toList();
    }

    /**
     * {@return the method that a lambda, a method reference or an object runs}
     *
     * @param function an instance of a serializable functional interface, or of a class that
     *     implements a functional interface
     * @throws IllegalArgumentException when the method cannot be found; {@link CallSites#resolve}
     *     finds those of lambdas that are not serializable
     */
    public static KernelMethod resolve(Object function) {
        Class<?> type = function.getClass();
        if (!type.isHidden()) {
            return new KernelMethod(implementation(type), List.of(function));
        }
        try {
            Method writeReplace = type.getDeclaredMethod("writeReplace");
            writeReplace.setAccessible(true);
            if (writeReplace.invoke(function) instanceof SerializedLambda lambda) {
                return of(lambda, type);
            }
            throw new IllegalArgumentException(type.getName() + " is no lambda");
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(
                    "the lambda " + type.getName() + " is not serializable", e);
        } catch (InvocationTargetException | IllegalAccessException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "the method of the lambda " + type.getName() + " cannot be read: " + e, e);
        }
    }

    private static KernelMethod of(SerializedLambda lambda, Class<?> from) {
        if (lambda.getImplMethodKind() == MethodHandleInfo.REF_newInvokeSpecial) {
            throw new IllegalArgumentException("a constructor cannot be a kernel");
        }
        List<Object> captured = new ArrayList<>();
        for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
            Object value = lambda.getCapturedArg(i);
            if (value == null) {
                throw new IllegalArgumentException(
                        "the lambda in " + lambda.getCapturingClass() + " captures null");
            }
            captured.add(value);
        }
        return new KernelMethod(
                find(
                        lambda.getImplClass(),
                        lambda.getImplMethodName(),
                        lambda.getImplMethodSignature(),
                        from),
                captured);
    }

    /** {@return a method by the names in the class file of {@code from}} */
    static Method find(String owner, String name, String descriptor, Class<?> from) {
        return Members.method(Members.type(owner, from), name, descriptor)
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "there is no method " + owner + "." + name + descriptor));
    }

    /** {@return the method of a class that implements a functional interface} */
    private static Method implementation(Class<?> type) {
        List<Method> candidates =
                Stream.of(type.getMethods())
                        .filter(m -> !m.isBridge() && !m.isSynthetic() && !m.isDefault())
                        .filter(m -> !Modifier.isStatic(m.getModifiers()))
                        .filter(m -> m.getDeclaringClass() != Object.class)
                        .filter(m -> m.getName().equals("apply"))
                        .toList();
        if (candidates.size() != 1) {
            throw new IllegalArgumentException(
                    type.getName() + " has " + candidates.size() + " methods named apply, not one");
        }
        return candidates.getFirst();
    }
}
