package org.tornadovit.frontend;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tornadovit.ir.Scalar;

/** What is known of an argument when a kernel is translated: its kind, never its contents. */
public sealed interface Binding {
    /** An off-heap or primitive array. */
    record OfArray(Scalar element) implements Binding {}

    /**
     * Arrays in arrays, of one length at each level, which the device gets as one.
     *
     * @param sizes the lengths, from the outermost to the innermost; two or more
     */
    record OfRows(Scalar element, List<Integer> sizes) implements Binding {
        /** Copies the list. */
        public OfRows {
            sizes = List.copyOf(sizes);
        }
    }

    /**
     * Arrays in arrays of different lengths, which the device gets as one, and their lengths as
     * others.
     *
     * @param levels how many arrays lie in each other; two or more
     */
    record OfRagged(Scalar element, int levels) implements Binding {}

    /** A memory segment of so many bytes. */
    record OfSegment(long bytes) implements Binding {}

    /** A primitive, boxed or HalfFloat value. */
    record OfScalar(Scalar type) implements Binding {}

    /** The KernelContext, which makes the kernel the code of one work-item. */
    record OfContext() implements Binding {}

    /** Any other object; its fields become parameters where the kernel reads them. */
    record OfObject(Object value) implements Binding {}

    /** {@return the kind of {@code argument}} */
    static Binding of(Object argument) {
        String name = ApiTypes.internalName(argument.getClass());
        if (name.equals(ApiTypes.CONTEXT)) {
            return new OfContext();
        }
        if (argument instanceof MemorySegment segment) {
            return new OfSegment(segment.byteSize());
        }
        Optional<Scalar> innermost = ApiTypes.primitive(name.replace("[", ""));
        if (argument instanceof Object[] rows && name.startsWith("[[") && innermost.isPresent()) {
            return rows(innermost.get(), rows, name.lastIndexOf('[') + 1);
        }
        Optional<Scalar> scalar = ApiTypes.boxed(name);
        if (scalar.isPresent()) {
            return new OfScalar(scalar.get());
        }
        return ApiTypes.element(name)
                .<Binding>map(OfArray::new)
                .orElseGet(() -> new OfObject(argument));
    }

    private static Binding rows(Scalar element, Object[] rows, int levels) {
        List<Integer> sizes = new ArrayList<>();
        List<Object> level = List.of((Object) rows);
        for (int i = 0; i < levels; i++) {
            List<Integer> lengths = level.stream().map(Array::getLength).distinct().toList();
            if (lengths.size() > 1) {
                return new OfRagged(element, levels);
            }
            sizes.add(lengths.isEmpty() ? 0 : lengths.getFirst());
            level = i + 1 < levels ? inner(level) : List.of();
        }
        return new OfRows(element, sizes);
    }

    /**
     * {@return the arrays in arrays, in order}
     *
     * @throws IllegalArgumentException when one is missing
     */
    static List<Object> inner(List<Object> level) {
        List<Object> inner = new ArrayList<>();
        for (Object array : level) {
            for (Object row : (Object[]) array) {
                if (row == null) {
                    throw new IllegalArgumentException(
                            "an array of arrays holds null instead of an array; create each row");
                }
                inner.add(row);
            }
        }
        return inner;
    }
}
