package org.tornadovit.ir;

/** A parameter of a kernel. */
public sealed interface Param {
    /** {@return the name, for printing} */
    String name();

    /** An array argument; its {@link Array} is {@link Space#GLOBAL}. */
    record OfArray(Array array) implements Param {
        /** Checks the space. */
        public OfArray {
            if (array.space() != Space.GLOBAL) {
                throw new IllegalArgumentException(array + " is not a global array");
            }
        }

        @Override
        public String name() {
            return array.name();
        }
    }

    /** A scalar argument, readable (and assignable) as a variable in the body. */
    record OfScalar(Var variable) implements Param {
        @Override
        public String name() {
            return variable.name();
        }
    }

    /** A parameter the device never sees: the KernelContext. */
    record OfContext(String name) implements Param {}
}
