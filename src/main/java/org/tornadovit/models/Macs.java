package org.tornadovit.models;

/**
 * Multiply-accumulates of one image: those of convolutions, linear layers and attention, and
 * nothing else. A floating-point operation count is twice as large.
 *
 * @param stem from pixels to the encoder
 * @param encoder transformer blocks, or residual stages
 * @param head classifier
 */
public record Macs(long stem, long encoder, long head) {

    /** {@return the sum} */
    public long total() {
        return stem + encoder + head;
    }

    /**
     * {@return floating-point operations of pre-training in units of 10¹⁸, by the convention that
     * reproduces the paper's table 6}
     *
     * <p>2 operations a multiply-accumulate, three times for forward and backward, on JFT's 303
     * million images.
     */
    public double trainingExaflops(int epochs) {
        return 6.0 * total() * epochs * 303e6 / 1e18;
    }
}
