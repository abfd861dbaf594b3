package org.tornadovit.ir;

/**
 * An array of scalars in memory, indexed by element. Compares by identity.
 *
 * <p>A {@link Space#GLOBAL} array is a parameter of the kernel; the others are created by {@link
 * Stmt.Allocate}.
 */
public final class Array {
    private final String name;
    private final Scalar element;
    private final Space space;

    /** Creates an array; names serve printing only and need not be unique. */
    public Array(String name, Scalar element, Space space) {
        this.name = name;
        this.element = element;
        this.space = space;
    }

    /** {@return the name, for printing} */
    public String name() {
        return name;
    }

    /** {@return the type of an element} */
    public Scalar element() {
        return element;
    }

    /** {@return where the array lives} */
    public Space space() {
        return space;
    }

    @Override
    public String toString() {
        return name;
    }
}
