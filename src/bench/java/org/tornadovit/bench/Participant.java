package org.tornadovit.bench;

/** A model that somebody runs: this project on one of its devices, or a peer. */
interface Participant extends AutoCloseable {

    /** {@return the device of ours, or the peer's name and version} */
    String name();

    /** {@return whether this is another project's} */
    boolean isPeer();

    /** Runs one forward pass, from images in host memory to logits in host memory. */
    void run();

    /** {@return a copy of the last pass's logits, float32 [batch, classes]} */
    float[] logits();

    @Override
    void close();
}
