package org.tornadovit.runtime;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Field;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tornadovit.frontend.FieldArray;
import org.tornadovit.ir.Scalar;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.internal.annotations.Payload;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.BFloat16Array;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.CharArray;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FP8Array;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * An array of the host, of whatever kind, as bytes to transfer.
 *
 * @param object the array: off-heap, of primitives, {@code HalfFloat[]}, or an atomic number
 * @param element type of an element on the device
 * @param length number of elements
 * @param memory the bytes; a copy of them where the object has none of its own
 */
record HostArray(Object object, Scalar element, int length, MemorySegment memory) {

    /** {@return whether an object is an array that devices know} */
    static boolean isArray(Object object) {
        return object instanceof TornadoNativeArray
                || object instanceof Window
                || object instanceof FieldArray
                || object instanceof MemorySegment
                || object instanceof HalfFloat[]
                || object instanceof AtomicInteger
                || object instanceof AtomicLong
                || isPrimitive(object.getClass().componentType())
                || object instanceof Object[] && isPrimitive(element(object));
    }

    private static Class<?> element(Object array) {
        Class<?> type = array.getClass();
        while (type.isArray()) {
            type = type.componentType();
        }
        return type;
    }

    private static boolean isPrimitive(@Nullable Class<?> type) {
        return type != null && type.isPrimitive();
    }

    /**
     * {@return the array inside an object of the API: itself, or what its field marked {@link
     * Payload} leads to; the object if there is none}
     */
    static Object inside(Object object) {
        Object current = object;
        for (Class<?> c = current.getClass(); c != null; c = c.getSuperclass()) {
            if (isArray(current)) {
                return current;
            }
            for (Field field : c.getDeclaredFields()) {
                if (field.isAnnotationPresent(Payload.class)) {
                    return read(field, current);
                }
            }
        }
        return object;
    }

    private static Object read(Field field, Object owner) {
        try {
            field.setAccessible(true);
            return field.get(owner);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("cannot read " + field, e);
        }
    }

    /** {@return the bytes of an array} */
    static HostArray of(Object array) {
        return switch (array) {
            case Window w -> new HostArray(w, w.whole().element(), w.length(), w.memory());
            case FieldArray f -> new HostArray(f, f.element(), f.length(), aligned(f));
            case NarrowArray n -> new HostArray(n, n.element(), n.length(), MemorySegment.NULL);
            case MemorySegment s -> new HostArray(s, Scalar.I8, Math.toIntExact(s.byteSize()), s);
            case TornadoNativeArray a -> new HostArray(a, element(a), a.getSize(), a.getSegment());
            case float[] a -> heap(a, Scalar.F32, a.length, MemorySegment.ofArray(a));
            case double[] a -> heap(a, Scalar.F64, a.length, MemorySegment.ofArray(a));
            case int[] a -> heap(a, Scalar.I32, a.length, MemorySegment.ofArray(a));
            case long[] a -> heap(a, Scalar.I64, a.length, MemorySegment.ofArray(a));
            case short[] a -> heap(a, Scalar.I16, a.length, MemorySegment.ofArray(a));
            case char[] a -> heap(a, Scalar.U16, a.length, MemorySegment.ofArray(a));
            case byte[] a -> heap(a, Scalar.I8, a.length, MemorySegment.ofArray(a));
            case AtomicInteger a -> heap(a, Scalar.I32, 1, MemorySegment.ofArray(new int[1]));
            case AtomicLong a -> heap(a, Scalar.I64, 1, MemorySegment.ofArray(new long[1]));
            case boolean[] a ->
                    heap(a, Scalar.BOOL, a.length, MemorySegment.ofArray(new byte[a.length]));
            case HalfFloat[] a ->
                    heap(a, Scalar.F16, a.length, MemorySegment.ofArray(new short[a.length]));
            case Object[] rows when isArray(rows) -> rows(rows);
            default -> throw new IllegalArgumentException(array.getClass() + " is no array");
        };
    }

    /** One array for all rows, which are copied to it and back. */
    private static HostArray rows(Object[] rows) {
        Object none = java.lang.reflect.Array.newInstance(element(rows), 0);
        Scalar element = of(none).element();
        int length = leaves(rows).mapToInt(java.lang.reflect.Array::getLength).sum();
        return heap(rows, element, length, aligned((long) length * element.bytes()));
    }

    private static MemorySegment aligned(FieldArray array) {
        return aligned((long) array.length() * array.element().bytes());
    }

    /** {@return memory for elements of any type} */
    private static MemorySegment aligned(long bytes) {
        long[] aligned = new long[Math.toIntExact(bytes / Long.BYTES + 1)];
        return MemorySegment.ofArray(aligned).asSlice(0, bytes);
    }

    /** {@return the arrays of numbers in arrays of arrays, in their order} */
    static Stream<Object> leaves(Object[] rows) {
        return Stream.of(rows)
                .flatMap(row -> row instanceof Object[] inner ? leaves(inner) : Stream.of(row));
    }

    /** Gives each row with its place in {@link #memory}. */
    private void eachRow(Object[] rows, BiConsumer<HostArray, MemorySegment> action) {
        long offset = 0;
        for (Object row : leaves(rows).toList()) {
            HostArray part = of(row);
            long size = part.memory.byteSize();
            check(offset + size <= memory.byteSize(), "longer");
            action.accept(part, memory.asSlice(offset, size));
            offset += size;
        }
        check(offset == memory.byteSize(), "shorter");
    }

    private static void check(boolean fits, String what) {
        if (!fits) {
            throw new TornadoRuntimeException(
                    "the rows of an array of arrays are "
                            + what
                            + " than when the plan was made; make a new plan");
        }
    }

    private static HostArray heap(Object array, Scalar element, int length, MemorySegment bytes) {
        return new HostArray(array, element, length, bytes);
    }

    private static Scalar element(TornadoNativeArray array) {
        return switch (array) {
            case ByteArray _, Int8Array _, FP8Array _ -> Scalar.I8;
            case CharArray _ -> Scalar.U16;
            case ShortArray _ -> Scalar.I16;
            case IntArray _ -> Scalar.I32;
            case LongArray _ -> Scalar.I64;
            case HalfFloatArray _ -> Scalar.F16;
            case BFloat16Array _ -> Scalar.BF16;
            case FloatArray _ -> Scalar.F32;
            case DoubleArray _ -> Scalar.F64;
        };
    }

    /** {@return the bytes; those of a window move, those of a narrow array come and go} */
    @Override
    public MemorySegment memory() {
        return switch (object) {
            case Window window -> window.memory();
            case NarrowArray narrow -> narrow.memory();
            default -> memory;
        };
    }

    /** Brings {@link #memory} up to date before it is read. */
    void pack() {
        if (object instanceof Window window) {
            window.whole().pack();
        } else if (object instanceof NarrowArray narrow) {
            narrow.pack();
        } else if (object instanceof FieldArray field) {
            field.read(memory);
        } else if (object instanceof boolean[] values) {
            for (int i = 0; i < length; i++) {
                memory.set(ValueLayout.JAVA_BYTE, i, (byte) (values[i] ? 1 : 0));
            }
        } else if (object instanceof HalfFloat[] values) {
            for (int i = 0; i < length; i++) {
                memory.setAtIndex(ValueLayout.JAVA_SHORT, i, values[i].getHalfFloatValue());
            }
        } else if (object instanceof Object[] rows) {
            eachRow(
                    rows,
                    (row, place) -> {
                        row.pack();
                        place.copyFrom(row.memory);
                    });
        } else if (object instanceof AtomicInteger number) {
            memory.set(ValueLayout.JAVA_INT, 0, number.get());
        } else if (object instanceof AtomicLong number) {
            memory.set(ValueLayout.JAVA_LONG, 0, number.get());
        }
    }

    /** Brings the array up to date after {@link #memory} was written. */
    void unpack() {
        if (object instanceof Window window) {
            window.whole().unpack();
        } else if (object instanceof NarrowArray narrow) {
            narrow.unpack();
        } else if (object instanceof FieldArray field) {
            field.write(memory);
        } else if (object instanceof boolean[] values) {
            for (int i = 0; i < length; i++) {
                values[i] = memory.get(ValueLayout.JAVA_BYTE, i) != 0;
            }
        } else if (object instanceof HalfFloat[] values) {
            for (int i = 0; i < length; i++) {
                values[i] = new HalfFloat(memory.getAtIndex(ValueLayout.JAVA_SHORT, i));
            }
        } else if (object instanceof Object[] rows) {
            eachRow(
                    rows,
                    (row, place) -> {
                        row.memory.copyFrom(place);
                        row.unpack();
                    });
        } else if (object instanceof AtomicInteger number) {
            number.set(memory.get(ValueLayout.JAVA_INT, 0));
        } else if (object instanceof AtomicLong number) {
            number.set(memory.get(ValueLayout.JAVA_LONG, 0));
        }
    }

    /** {@return the number of elements for a kernel that sees elements of {@code type}} */
    int length(Scalar type) {
        return object instanceof MemorySegment ? length / type.bytes() : length;
    }

    /** Lets the machine take back the memory of an array in a file, until it is next read. */
    void rest() {
        if (object instanceof NarrowArray narrow) {
            narrow.rest();
            return;
        }
        MemorySegment bytes = memory();
        if (bytes.isMapped() && bytes.isReadOnly()) {
            bytes.unload();
        }
    }

    /** {@return what stands before the elements where code expects TornadoVM's own layout} */
    MemorySegment header() {
        MemorySegment header = Arena.ofAuto().allocate(TornadoNativeArray.ARRAY_HEADER, Long.BYTES);
        if (object instanceof TornadoNativeArray array) {
            return header.copyFrom(array.getSegmentWithHeader().asSlice(0, header.byteSize()));
        }
        header.set(ValueLayout.JAVA_INT, header.byteSize() - Integer.BYTES, length);
        return header;
    }

    /** {@return the size on the device in bytes, at least one element} */
    long deviceBytes() {
        return (long) Math.max(1, length) * element.bytes();
    }
}
