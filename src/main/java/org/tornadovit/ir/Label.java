package org.tornadovit.ir;

/** The name of a loop or block that {@link Stmt.Break} and {@link Stmt.Continue} refer to. */
public final class Label {
    private final String name;

    /** Creates a label; equal names are still different labels. */
    public Label(String name) {
        this.name = name;
    }

    /** {@return the name, for printing} */
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }
}
