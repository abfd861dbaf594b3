package uk.ac.manchester.tornado.api;

import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.common.Access;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** The arguments of a prebuilt kernel, each with how the kernel uses it. */
public class AccessorParameters {
    private final @Nullable PairAccessor[] accessors;

    /** Makes a list of so many arguments, to be set one by one. */
    public AccessorParameters(int numParameters) {
        accessors = new PairAccessor[numParameters];
    }

    /** Sets an argument. */
    public void set(int index, Object object, Access access) {
        accessors[index] = new PairAccessor(object, access);
    }

    /** {@return an argument with its access} */
    public PairAccessor getAccessor(int index) {
        PairAccessor accessor = accessors[index];
        if (accessor == null) {
            throw new TornadoRuntimeException(
                    "argument " + index + " of the prebuilt kernel has not been set");
        }
        return accessor;
    }

    /** {@return the number of arguments} */
    public int numAccessors() {
        return accessors.length;
    }

    /** An argument and how the kernel uses it. */
    public record PairAccessor(Object object, Access access) {}
}
