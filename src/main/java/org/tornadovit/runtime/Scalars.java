package org.tornadovit.runtime;

import org.tornadovit.ir.Const;
import org.tornadovit.ir.Type;
import uk.ac.manchester.tornado.api.types.HalfFloat;

/** The values of scalar arguments as constants of the IR. */
final class Scalars {
    private Scalars() {}

    /**
     * {@return the constant of a boxed value}
     *
     * @throws IllegalArgumentException when {@code value} is no number of this type
     */
    static Const constant(Type type, Object value) {
        return new Const(
                type,
                switch (value) {
                    case Boolean b -> b ? 1 : 0;
                    case Character c -> c;
                    case Float f -> Float.floatToRawIntBits(f);
                    case Double d -> Double.doubleToRawLongBits(d);
                    case Byte n -> n;
                    case Short n -> n;
                    case Integer n -> n;
                    case Long n -> n;
                    case HalfFloat h -> h.getHalfFloatValue();
                    default ->
                            throw new IllegalArgumentException(
                                    value.getClass().getName() + " is no number");
                });
    }
}
