package org.tornadovit.frontend;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
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
        if (argument instanceof Object[] rows
                && name.startsWith("[[")
                && ApiTypes.primitive(name.replace("[", "")).isPresent()) {
            return new OfRows(ApiTypes.primitive(name.replace("[", "")).get(), sizes(rows));
        }
        Optional<Scalar> scalar = ApiTypes.boxed(name);
        if (scalar.isPresent()) {
            return new OfScalar(scalar.get());
        }
        return ApiTypes.element(name)
                .<Binding>map(OfArray::new)
                .orElseGet(() -> new OfObject(argument));
    }

    private static List<Integer> sizes(Object array) {
        List<Integer> sizes = new ArrayList<>(List.of(Array.getLength(array)));
        if (!(array instanceof Object[] rows)) {
            return sizes;
        }
        List<List<Integer>> inner = Arrays.stream(rows).map(Binding::sizes).distinct().toList();
        if (inner.size() > 1) {
            throw new IllegalArgumentException(
                    "an array of arrays has rows of "
                            + inner.getFirst().getFirst()
                            + " and of "
                            + inner.getLast().getFirst()
                            + " elements; make them equal, or pass one flat array");
        }
        if (inner.isEmpty()) {
            for (Class<?> t = array.getClass().componentType();
                    t.isArray();
                    t = t.componentType()) {
                sizes.add(0);
            }
        } else {
            sizes.addAll(inner.getFirst());
        }
        return sizes;
    }
}
