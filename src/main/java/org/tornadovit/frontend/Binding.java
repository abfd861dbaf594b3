package org.tornadovit.frontend;

import java.lang.reflect.Array;
import java.util.Optional;
import org.tornadovit.ir.Scalar;

/** What is known of an argument when a kernel is translated: its kind, never its contents. */
public sealed interface Binding {
    /** An off-heap or primitive array. */
    record OfArray(Scalar element) implements Binding {}

    /** An array of arrays of one length, which the device gets as one. */
    record OfRows(Scalar element, int rows, int columns) implements Binding {}

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
                && ApiTypes.primitive(name.substring(2)).isPresent()) {
            return rows(rows, ApiTypes.primitive(name.substring(2)).get());
        }
        Optional<Scalar> scalar = ApiTypes.boxed(name);
        if (scalar.isPresent()) {
            return new OfScalar(scalar.get());
        }
        return ApiTypes.element(name)
                .<Binding>map(OfArray::new)
                .orElseGet(() -> new OfObject(argument));
    }

    private static Binding rows(Object[] rows, Scalar element) {
        int columns = rows.length == 0 ? 0 : Array.getLength(rows[0]);
        for (Object row : rows) {
            if (Array.getLength(row) != columns) {
                throw new IllegalArgumentException(
                        "an array of arrays has rows of "
                                + columns
                                + " and of "
                                + Array.getLength(row)
                                + " elements; make them equal, or pass one flat array");
            }
        }
        return new OfRows(element, rows.length, columns);
    }
}
