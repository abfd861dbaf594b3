package org.tornadovit.library;

import java.util.Locale;
import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The parameters of a call, checked. All methods throw {@link IllegalArgumentException} for what
 * does not fit.
 */
record Parameters(LibraryTaskDescriptor call) {
    void count(int wanted) {
        int given = call.getParameters().length;
        if (given != wanted) {
            throw wrong("takes %d parameters, not %d", wanted, given);
        }
    }

    /** {@return a positive number of rows, columns and the like} */
    int size(int index) {
        int size = value(index, Integer.class);
        if (size < 1) {
            throw wrong("parameter %d is a size of at least 1, not %d", index + 1, size);
        }
        return size;
    }

    boolean choice(int index) {
        return value(index, Boolean.class);
    }

    float number(int index) {
        return value(index, Float.class);
    }

    /** {@return an array of at least so many elements} */
    FloatArray array(int index, long elements) {
        FloatArray array = value(index, FloatArray.class);
        if (array.getSize() < elements) {
            throw wrong(
                    "parameter %d has at least %d elements, not %d",
                    index + 1, elements, array.getSize());
        }
        return array;
    }

    private <T> T value(int index, Class<T> type) {
        Object value = call.getParameters()[index];
        if (!type.isInstance(value)) {
            throw wrong(
                    "parameter %d is a %s, not %s",
                    index + 1,
                    type.getSimpleName(),
                    value == null ? "null" : value.getClass().getSimpleName());
        }
        return type.cast(value);
    }

    private IllegalArgumentException wrong(String text, Object... arguments) {
        return new IllegalArgumentException(
                "function "
                        + call.getFunctionName()
                        + ": "
                        + String.format(Locale.ROOT, text, arguments));
    }
}
