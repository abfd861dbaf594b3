package org.tornadovit.frontend;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Objects;

/** Where the value of a kernel parameter comes from at launch. */
public sealed interface Source {
    /** {@return the value, given the arguments of the method with captured values first} */
    Object value(List<Object> arguments);

    /** The argument of the method numbered {@code index}, captured values and receiver first. */
    record Argument(int index) implements Source {
        @Override
        public Object value(List<Object> arguments) {
            return arguments.get(index);
        }
    }

    /** A field of an object that comes from {@code owner}. */
    record OfField(Source owner, Field field) implements Source {
        @Override
        public Object value(List<Object> arguments) {
            return read(field, owner.value(arguments));
        }
    }

    /** A static field. */
    record OfStatic(Field field) implements Source {
        @Override
        public Object value(List<Object> arguments) {
            return read(field, field.getDeclaringClass());
        }
    }

    /**
     * Reads a field.
     *
     * @param owner the object; ignored for a static field
     */
    static Object read(Field field, Object owner) {
        try {
            field.setAccessible(true);
            return Objects.requireNonNull(
                    field.get(owner), () -> "the kernel reads " + field + ", which is null");
        } catch (IllegalAccessException | RuntimeException e) {
            if (e instanceof NullPointerException) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
            throw new IllegalArgumentException(
                    "the kernel reads " + field + ", which is not accessible; open its package", e);
        }
    }
}
