package org.tornadovit.frontend;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.WeakReference;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tornadovit.ir.Scalar;

/**
 * One field of all elements of an array of objects, or of one object, side by side as an array that
 * a kernel can take. There is one for each array or object and field, as long as it lives.
 */
public final class FieldArray {
    private static final Attached<Shape, FieldArray> KNOWN = new Attached<>();

    /** What a kernel does with an element as a whole. */
    enum State {
        /** The element is null. */
        NULL,
        /** The element is an object that was there before. */
        KEPT,
        /** The element is a new object. */
        NEW
    }

    /** What the numbers are. */
    enum Kind {
        /** The {@link State} of the elements. */
        STATE,
        /** The numbers in boxes. */
        BOX,
        /** A field, or the elements of an array in a field. */
        FIELD
    }

    /**
     * Which field it is.
     *
     * @param type the class of the elements
     * @param path the field, after those of the objects that it lies in
     * @param width how many numbers an element has
     */
    record Shape(Kind kind, Class<?> type, List<Field> path, Scalar element, int width) {
        /** Copies the list. */
        Shape {
            path = List.copyOf(path);
        }

        /** {@return the shape of a number in a field of one object} */
        static Shape of(Class<?> type, Field field) {
            Scalar scalar = ApiTypes.primitive(field.getType().descriptorString()).orElseThrow();
            return new Shape(Kind.FIELD, type, List.of(field), scalar, 1);
        }
    }

    private final WeakReference<Object> owner;
    private final Shape shape;

    private FieldArray(Object owner, Shape shape) {
        this.owner = new WeakReference<>(owner);
        this.shape = shape;
    }

    static FieldArray of(Object owner, Shape shape) {
        return KNOWN.update(
                owner, shape, known -> known.orElseGet(() -> new FieldArray(owner, shape)));
    }

    /** {@return whether this is a field of one object, not of the elements of an array} */
    boolean isOfOneObject() {
        return !(owner() instanceof Object[]);
    }

    /** {@return the type of the numbers} */
    public Scalar element() {
        return shape.element();
    }

    /** {@return how many numbers there are} */
    public int length() {
        return Math.multiplyExact(count(), shape.width());
    }

    private Object owner() {
        return Objects.requireNonNull(owner.get(), "the object of a field was given up");
    }

    private int count() {
        return owner() instanceof Object[] all ? all.length : 1;
    }

    private @Nullable Object object(int i) {
        return owner() instanceof Object[] all ? all[i] : owner();
    }

    /**
     * Copies the numbers of the objects to memory; those of elements that are null are zeros.
     *
     * @throws IllegalArgumentException when an object is not as the kernel was compiled for
     */
    public void read(MemorySegment memory) {
        memory.fill((byte) 0);
        for (int i = 0; i < count(); i++) {
            Object object = object(i);
            if (object != null) {
                check(object.getClass() == shape.type(), i, "is a " + object.getClass().getName());
                switch (shape.kind()) {
                    case STATE -> put(memory, i, (byte) State.KEPT.ordinal());
                    case BOX -> put(memory, i, object);
                    case FIELD -> read(object, i, memory);
                }
            }
        }
    }

    private void read(Object object, int i, MemorySegment memory) {
        Object value = object;
        for (Field field : shape.path()) {
            check(field.getDeclaringClass().isInstance(value), i, "has another class inside");
            value = Source.read(field, value);
        }
        if (!value.getClass().isArray()) {
            put(memory, i, value);
            return;
        }
        check(Array.getLength(value) == shape.width(), i, "has an array of another length");
        for (int k = 0; k < shape.width(); k++) {
            put(memory, i * shape.width() + k, Array.get(value, k));
        }
    }

    private static void check(boolean sound, int i, String what) {
        if (!sound) {
            throw new IllegalArgumentException(
                    "element "
                            + i
                            + " of an array of objects "
                            + what
                            + ", unlike when the kernel was compiled");
        }
    }

    private static void put(MemorySegment memory, int at, Object value) {
        switch (value) {
            case Boolean b -> memory.set(ValueLayout.JAVA_BYTE, at, (byte) (b ? 1 : 0));
            case Byte b -> memory.set(ValueLayout.JAVA_BYTE, at, b);
            case Short s -> memory.setAtIndex(ValueLayout.JAVA_SHORT, at, s);
            case Character c -> memory.setAtIndex(ValueLayout.JAVA_CHAR, at, c);
            case Integer n -> memory.setAtIndex(ValueLayout.JAVA_INT, at, n);
            case Long n -> memory.setAtIndex(ValueLayout.JAVA_LONG, at, n);
            case Float f -> memory.setAtIndex(ValueLayout.JAVA_FLOAT, at, f);
            case Double d -> memory.setAtIndex(ValueLayout.JAVA_DOUBLE, at, d);
            default -> throw new IllegalArgumentException(value.getClass() + " is no number");
        }
    }

    private Object number(MemorySegment memory, int at) {
        return switch (shape.element()) {
            case BOOL -> memory.get(ValueLayout.JAVA_BYTE, at) != 0;
            case I8 -> memory.get(ValueLayout.JAVA_BYTE, at);
            case I16 -> memory.getAtIndex(ValueLayout.JAVA_SHORT, at);
            case U16 -> memory.getAtIndex(ValueLayout.JAVA_CHAR, at);
            case I32 -> memory.getAtIndex(ValueLayout.JAVA_INT, at);
            case I64 -> memory.getAtIndex(ValueLayout.JAVA_LONG, at);
            case F32 -> memory.getAtIndex(ValueLayout.JAVA_FLOAT, at);
            case F64 -> memory.getAtIndex(ValueLayout.JAVA_DOUBLE, at);
            case F16, BF16 -> throw new IllegalStateException("a field of " + shape.element());
        };
    }

    /** Takes the places on the host where the numbers are. */
    public interface Places {
        /** Takes a number in a field, which is number {@code at} of this array. */
        void field(Object owner, Field field, int at);

        /** Takes an array whose first number is number {@code at} of this array. */
        void array(Object array, int at);
    }

    /** Tells where on the host the numbers are; boxes and states have no place but this array. */
    public void places(Places places) {
        for (int i = 0; i < count() && shape.kind() == Kind.FIELD; i++) {
            Object object = object(i);
            if (object != null) {
                place(object, i, places);
            }
        }
    }

    private void place(Object object, int i, Places places) {
        Object owner = object;
        for (Field field : shape.path().subList(0, shape.path().size() - 1)) {
            check(field.getDeclaringClass().isInstance(owner), i, "has another class inside");
            owner = Source.read(field, owner);
        }
        Field last = shape.path().getLast();
        check(last.getDeclaringClass().isInstance(owner), i, "is a " + owner.getClass().getName());
        if (last.getType().isArray()) {
            places.array(Source.read(last, owner), i * shape.width());
        } else {
            places.field(owner, last, i);
        }
    }

    /** Gives the objects the numbers in memory; the states have to come before the other fields. */
    public void write(MemorySegment memory) {
        for (int i = 0; i < count(); i++) {
            Object object = object(i);
            switch (shape.kind()) {
                case STATE -> renew((@Nullable Object[]) owner(), i, number(memory, i));
                case BOX -> {
                    if (object != null && !object.equals(number(memory, i))) {
                        ((Object[]) owner())[i] = number(memory, i);
                    }
                }
                case FIELD -> {
                    if (object != null) {
                        write(object, i, memory);
                    }
                }
            }
        }
    }

    private void renew(@Nullable Object[] objects, int i, Object state) {
        if (state.equals((byte) State.NULL.ordinal())) {
            objects[i] = null;
        } else if (state.equals((byte) State.NEW.ordinal())) {
            objects[i] =
                    ApiTypes.boxed(ApiTypes.internalName(shape.type())).isPresent()
                            ? Array.get(Array.newInstance(primitive(shape.type()), 1), 0)
                            : Blank.of(shape.type());
        }
    }

    private static Class<?> primitive(Class<?> box) {
        return java.lang.invoke.MethodType.methodType(box).unwrap().returnType();
    }

    private void write(Object object, int i, MemorySegment memory) {
        Object owner = object;
        for (Field field : shape.path().subList(0, shape.path().size() - 1)) {
            owner = inner(field, owner);
        }
        Field last = shape.path().getLast();
        if (last.getType().isArray()) {
            Object array = array(last, owner);
            for (int k = 0; k < shape.width(); k++) {
                Array.set(array, k, number(memory, i * shape.width() + k));
            }
        } else if (!Source.read(last, owner).equals(number(memory, i))) {
            if (owner instanceof Record before && owner() instanceof Object[] all) {
                all[i] = Blank.with(before, last, number(memory, i));
            } else {
                set(last, owner, number(memory, i));
            }
        }
    }

    /** {@return the array in a field; a new object may have none yet} */
    private Object array(Field field, Object owner) {
        Object array = value(field, owner);
        if (array == null) {
            array = Array.newInstance(field.getType().componentType(), shape.width());
            set(field, owner, array);
        }
        return array;
    }

    private static Object inner(Field field, Object owner) {
        Object inner = value(field, owner);
        if (inner == null) {
            inner = Blank.of(field.getType());
            set(field, owner, inner);
        }
        return inner;
    }

    private static @Nullable Object value(Field field, Object owner) {
        try {
            field.setAccessible(true);
            return field.get(owner);
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(field + " is not accessible", e);
        }
    }

    private static void set(Field field, Object owner, Object value) {
        try {
            field.setAccessible(true);
            field.set(owner, value);
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(
                    "the kernel changes " + field + ", which cannot be set", e);
        }
    }
}
