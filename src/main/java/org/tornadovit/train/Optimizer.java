package org.tornadovit.train;

/** How weights follow their gradients. */
public sealed interface Optimizer {

    /** {@return what is taken off a weight, as a multiple of it; see the forms for the rate} */
    float weightDecay();

    /** {@return arrays of a weight's size that are kept from step to step} */
    int states();

    /**
     * Stochastic gradient descent with momentum, as torch has it: {@code v = momentum v + g + decay
     * w}, {@code w -= rate v}.
     */
    record Sgd(float momentum, float weightDecay) implements Optimizer {
        /** Checks the ranges. */
        public Sgd {
            require(momentum >= 0 && momentum < 1, "momentum", momentum);
            require(weightDecay >= 0, "weight decay", weightDecay);
        }

        @Override
        public int states() {
            return 1;
        }
    }

    /**
     * Adam with decoupled weight decay (<a href="https://arxiv.org/abs/1711.05101">Loshchilov and
     * Hutter 2019</a>): {@code w -= rate (m̂ / (√v̂ + ε) + decay w)}.
     */
    record AdamW(float beta1, float beta2, float epsilon, float weightDecay) implements Optimizer {
        /** Checks the ranges. */
        public AdamW {
            require(beta1 >= 0 && beta1 < 1, "beta1", beta1);
            require(beta2 >= 0 && beta2 < 1, "beta2", beta2);
            require(epsilon > 0, "epsilon", epsilon);
            require(weightDecay >= 0, "weight decay", weightDecay);
        }

        /** The usual one: 0.9, 0.999, 1e-8. */
        public AdamW(float weightDecay) {
            this(0.9f, 0.999f, 1e-8f, weightDecay);
        }

        @Override
        public int states() {
            return 2;
        }
    }

    private static void require(boolean fits, String name, float value) {
        if (!fits) {
            throw new IllegalArgumentException(
                    "An optimiser cannot have a %s of %s.".formatted(name, value));
        }
    }
}
