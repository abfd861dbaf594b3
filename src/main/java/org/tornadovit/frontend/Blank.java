package org.tornadovit.frontend;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sun.reflect.ReflectionFactory;

/**
 * Objects without anything in them, which get what a kernel stored: by the constructor without
 * arguments, or, as deserialization does it, without one of their class. Records are made by their
 * constructor, of zeros first.
 */
final class Blank {
    private static final ReflectionFactory FACTORY = ReflectionFactory.getReflectionFactory();

    private Blank() {}

    /** {@return whether there can be such objects} */
    static boolean isPossible(Class<?> type) {
        return constructor(type).isPresent()
                || type.isRecord()
                        && Stream.of(type.getRecordComponents())
                                .allMatch(c -> c.getType().isPrimitive());
    }

    /** {@return what makes an object, if its class is no record} */
    static Optional<Constructor<?>> constructor(Class<?> type) {
        if (type.isRecord() || type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            return Optional.empty();
        }
        try {
            Constructor<?> own =
                    Stream.of(type.getDeclaredConstructors())
                            .filter(c -> c.getParameterCount() == 0)
                            .findFirst()
                            .orElse(null);
            Constructor<?> made =
                    own != null
                            ? own
                            : FACTORY.newConstructorForSerialization(
                                    type, Object.class.getDeclaredConstructor());
            made.setAccessible(true);
            return Optional.of(made);
        } catch (NoSuchMethodException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** {@return a new object} */
    static Object of(Class<?> type) {
        try {
            if (type.isRecord()) {
                Object[] zeros = Stream.of(type.getRecordComponents()).map(Blank::zero).toArray();
                return canonical(type).newInstance(zeros);
            }
            return constructor(type)
                    .orElseThrow(() -> new IllegalArgumentException(type + " cannot be created"))
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    type + " cannot be created before its values are known", e);
        }
    }

    /** {@return a record like another one but for the value of a field} */
    static Record with(Record before, Field changed, Object value) {
        RecordComponent[] components = before.getClass().getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < values.length; i++) {
                boolean isChanged = components[i].getName().equals(changed.getName());
                components[i].getAccessor().setAccessible(true);
                values[i] = isChanged ? value : components[i].getAccessor().invoke(before);
            }
            return (Record) canonical(before.getClass()).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    before.getClass() + " cannot be created with " + changed.getName(), e);
        }
    }

    private static Constructor<?> canonical(Class<?> type) throws NoSuchMethodException {
        Class<?>[] types =
                Stream.of(type.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new);
        Constructor<?> canonical = type.getDeclaredConstructor(types);
        canonical.setAccessible(true);
        return canonical;
    }

    private static Object zero(RecordComponent component) {
        return java.lang.reflect.Array.get(
                java.lang.reflect.Array.newInstance(component.getType(), 1), 0);
    }
}
