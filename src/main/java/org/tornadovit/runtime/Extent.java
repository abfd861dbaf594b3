package org.tornadovit.runtime;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.tornadovit.frontend.FieldArray;
import org.tornadovit.ir.Scalar;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * A piece of the host's memory that a device holds as a part of an array.
 *
 * @param base what the piece is in: an array, {@link #NATIVE} memory, or an object, of which {@link
 *     Slot} is a field; compares by identity but for slots
 * @param from its first byte there
 * @param to the byte behind it
 * @param at its first byte in the device's array
 */
record Extent(Object base, long from, long to, long at) {
    /** Memory outside of the heap, by address. */
    static final Object NATIVE = new Object();

    /** A field of an object, which compares by identity. */
    record Slot(Object owner, Field field) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Slot(var o, var f) && o == owner && f.equals(field);
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(owner) + field.hashCode();
        }
    }

    /** A base as a key, which compares by identity but for slots. */
    record Key(Object base) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key(var b) && isSame(base, b);
        }

        @Override
        public int hashCode() {
            return base instanceof Slot slot ? slot.hashCode() : System.identityHashCode(base);
        }
    }

    private static boolean isSame(Object base, Object other) {
        return base == other || base instanceof Slot slot && slot.equals(other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Extent(var b, var f, var t, var a)
                && isSame(base, b)
                && f == from
                && t == to
                && a == at;
    }

    @Override
    public int hashCode() {
        return Objects.hash(new Key(base), from, to, at);
    }

    /** {@return whether the pieces of an array may become others while it is the same} */
    static boolean mayChange(Object array) {
        return array instanceof FieldArray || array instanceof Object[];
    }

    /** {@return whether pieces lie at the same places on a device} */
    static boolean arePlacedAlike(List<Extent> some, List<Extent> others) {
        boolean equal = some.size() == others.size();
        for (int i = 0; equal && i < some.size(); i++) {
            Extent a = some.get(i);
            Extent b = others.get(i);
            equal = a.at == b.at && a.to - a.from == b.to - b.from;
        }
        return equal;
    }

    /** {@return the pieces that an array of the host consists of} */
    static List<Extent> of(Object array) {
        List<Extent> extents = new ArrayList<>();
        switch (array) {
            case FieldArray fields -> of(fields, extents);
            case TornadoNativeArray a -> add(a.getSegment(), 0, extents);
            case MemorySegment segment -> add(segment, 0, extents);
            case AtomicInteger a -> extents.add(new Extent(a, 0, Integer.BYTES, 0));
            case AtomicLong a -> extents.add(new Extent(a, 0, Long.BYTES, 0));
            case Object[] rows when rows.getClass().componentType().isArray() -> {
                long at = 0;
                for (Object row : HostArray.leaves(rows).toList()) {
                    long bytes = add(row, at, extents);
                    at += bytes;
                }
            }
            default -> {
                if (array.getClass().isArray()) {
                    add(array, 0, extents);
                }
            }
        }
        return extents;
    }

    private static long add(Object array, long at, List<Extent> extents) {
        long bytes = (long) Array.getLength(array) * size(array);
        if (bytes > 0) {
            extents.add(new Extent(array, 0, bytes, at));
        }
        return bytes;
    }

    private static int size(Object array) {
        return switch (array) {
            case double[] _, long[] _ -> Long.BYTES;
            case float[] _, int[] _ -> Integer.BYTES;
            case short[] _, char[] _ -> Short.BYTES;
            case byte[] _, boolean[] _ -> Byte.BYTES;
            default -> Scalar.F16.bytes();
        };
    }

    private static void add(MemorySegment segment, long at, List<Extent> extents) {
        long from = segment.address();
        long to = from + segment.byteSize();
        if (to > from) {
            Object base = segment.isNative() ? NATIVE : segment.heapBase().orElse(segment);
            extents.add(new Extent(base, from, to, at));
        }
    }

    private static void of(FieldArray fields, List<Extent> extents) {
        long bytes = fields.element().bytes();
        fields.places(
                new FieldArray.Places() {
                    @Override
                    public void field(Object owner, Field field, int at) {
                        extents.add(new Extent(new Slot(owner, field), 0, bytes, at * bytes));
                    }

                    @Override
                    public void array(Object array, int at) {
                        add(array, at * bytes, extents);
                    }
                });
    }
}
