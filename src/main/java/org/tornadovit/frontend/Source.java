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

    /**
     * The lengths of arrays in arrays, added up.
     *
     * @param owner the outermost array
     * @param level which arrays: 1 for those in it, 2 for those in these
     */
    record OfStarts(Source owner, int level) implements Source {
        @Override
        public Object value(List<Object> arguments) {
            return RowStarts.of((Object[]) owner.value(arguments), level);
        }
    }

    /** A field of all elements of an array of objects, or of one object, which is assigned. */
    record OfPart(Source owner, FieldArray.Shape shape) implements Source {
        @Override
        public Object value(List<Object> arguments) {
            return FieldArray.of(owner.value(arguments), shape);
        }
    }

    /**
     * A table of what a method of {@link Character} says.
     *
     * @param method its name
     * @param size of how many characters
     */
    record OfTable(String method, int size) implements Source {
        @Override
        public Object value(List<Object> arguments) {
            return CharacterTables.table(this);
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
