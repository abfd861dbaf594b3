package org.tornadovit.frontend;

import java.util.Optional;
import org.tornadovit.ir.Scalar;

/** What is known of an argument when a kernel is translated: its kind, never its contents. */
public sealed interface Binding {
    /** An off-heap or primitive array. */
    record OfArray(Scalar element) implements Binding {}

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
        Optional<Scalar> scalar = ApiTypes.boxed(name);
        if (scalar.isPresent()) {
            return new OfScalar(scalar.get());
        }
        return ApiTypes.element(name)
                .<Binding>map(OfArray::new)
                .orElseGet(() -> new OfObject(argument));
    }
}
