package org.tornadovit.ir;

/**
 * A mutable variable of one work-item (a register); as an expression, its current value.
 *
 * <p>Compares by identity. A variable is visible in the whole kernel and must be assigned before it
 * is read on every path.
 */
public final class Var implements Expr {
    private final String name;
    private final Type type;

    /** Creates a variable; names serve printing only and need not be unique. */
    public Var(String name, Type type) {
        this.name = name;
        this.type = type;
    }

    /** {@return the name, for printing} */
    public String name() {
        return name;
    }

    @Override
    public Type type() {
        return type;
    }

    @Override
    public String toString() {
        return name;
    }
}
