package org.tornadovit.lab.measure;

import java.util.Optional;

/**
 * A model on a device. Weights stay there between passes; not for use by several threads at once.
 */
public interface Prepared extends AutoCloseable {
    /** {@return images a forward pass} */
    int batch();

    /**
     * Sets the input of the next passes.
     *
     * @param images float32 [batch, channels, height, width]
     */
    void input(float[] images);

    /** Runs one forward pass, from the input in host memory to the results in host memory. */
    void run();

    /**
     * Runs one forward pass part by part.
     *
     * @return how long the parts took
     */
    Split runByParts();

    /** {@return a copy of the last pass's logits, float32 [batch, classes]} */
    float[] logits();

    /** {@return a copy of what the last pass gave its classifier, float32 [batch, dimension]} */
    float[] features();

    /**
     * Runs one forward pass and counts what the device does.
     *
     * @return its work; empty when the runtime does not tell which tasks it ran
     */
    Optional<Work> runAndCount();

    /** {@return bytes the plan holds on the device; 0 when the runtime does not say} */
    long deviceBytes();

    @Override
    void close();

    /**
     * Durations of the parts of a pass.
     *
     * @param stemMs before the first encoder block, in ms
     * @param totalMs of all parts, in ms
     */
    record Split(double stemMs, double totalMs) {}

    /**
     * Multiply-adds of one image, counted over the tasks that the device ran in a pass.
     *
     * @param stemMacs of those before the first encoder block
     * @param macs of all
     */
    record Work(long stemMacs, long macs) {}
}
