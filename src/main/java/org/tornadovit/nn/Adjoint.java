package org.tornadovit.nn;

/**
 * How a gradient goes back through one task: what a layer knows of its own derivative.
 *
 * <p>{@link Gradients} calls it once, after everything that reads the task's result has added its
 * part to the result's gradient.
 */
@FunctionalInterface
public interface Adjoint {

    /** Nothing is to be done: the task has no learned input, or another task's adjoint does it. */
    Adjoint NOTHING = (gradients, section, id) -> {};

    /**
     * Adds the backward tasks.
     *
     * @param gradients where to read the gradient of the task's result and to write those of its
     *     inputs
     * @param section takes the backward tasks
     * @param id name of the forward task, the start of theirs
     */
    void write(Gradients gradients, Section section, String id);

    /** The adjoint of a task that has none. */
    static Adjoint unknown(String section, String id) {
        return (gradients, to, name) -> {
            throw new UnsupportedOperationException(
                    ("No gradient goes through task %s of %s: only ViTs, their hybrids and BiT"
                                    + " ResNets can be trained.")
                            .formatted(id, section));
        };
    }
}
