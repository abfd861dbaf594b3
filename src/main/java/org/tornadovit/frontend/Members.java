package org.tornadovit.frontend;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds classes, methods and fields by the names that class files hold. */
final class Members {
    private Members() {}

    /**
     * {@return the class {@code internalName} as {@code from} sees it}
     *
     * @throws IllegalArgumentException when it cannot be loaded
     */
    static Class<?> type(String internalName, Class<?> from) {
        try {
            return Class.forName(internalName.replace('/', '.'), false, from.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalArgumentException(
                    "the class " + internalName.replace('/', '.') + " cannot be loaded", e);
        }
    }

    /** {@return the method of {@code type}, its superclasses and interfaces, in this order} */
    static Optional<Method> method(Class<?> type, String name, String descriptor) {
        return hierarchy(type).stream()
                .flatMap(c -> Stream.of(c.getDeclaredMethods()))
                .filter(m -> m.getName().equals(name))
                .filter(m -> MethodCode.descriptor(m).equals(descriptor))
                .findFirst();
    }

    /** {@return the constructor of {@code type} with a descriptor} */
    static Optional<Constructor<?>> constructor(Class<?> type, String descriptor) {
        return Stream.<Constructor<?>>of(type.getDeclaredConstructors())
                .filter(c -> MethodCode.descriptor(c).equals(descriptor))
                .findFirst();
    }

    /** {@return the field of {@code type}, its superclasses and interfaces, in this order} */
    static Optional<Field> field(Class<?> type, String name) {
        return hierarchy(type).stream()
                .flatMap(c -> Stream.of(c.getDeclaredFields()))
                .filter(f -> f.getName().equals(name))
                .findFirst();
    }

    private static List<Class<?>> hierarchy(Class<?> type) {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            classes.add(c);
        }
        for (int i = 0; i < classes.size(); i++) {
            classes.addAll(List.of(classes.get(i).getInterfaces()));
        }
        return classes;
    }
}
