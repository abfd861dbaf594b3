package org.tornadovit.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tornadovit.nn.Samples.assertClose;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The ways back through activations, against derivatives in float64. */
class ActivationTest {
    private static final int COUNT = 4001;

    @ParameterizedTest
    @EnumSource
    void geluAgreesWithFloat64(Gelu form) {
        FloatArray x = new FloatArray(COUNT);
        FloatArray dy = new Samples(1).normal(COUNT);
        FloatArray dx = Samples.unwritten(COUNT);
        double[] expected = new double[COUNT];
        double[] bounds = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            x.set(i, (i - COUNT / 2) / 200f); // -10 to 10
            expected[i] = dy.get(i) * derivative(form, x.get(i));
            bounds[i] = 3e-7 * Math.abs(dy.get(i)) * Math.max(Math.abs(x.get(i)), 1);
        }
        switch (form) {
            case ERF -> Activation.geluGradient(x, dy, dx, COUNT);
            case TANH -> Activation.geluTanhGradient(x, dy, dx, COUNT);
        }
        assertClose(dx, expected, bounds);
        switch (form) { // in place
            case ERF -> Activation.geluGradient(x, dy, dy, COUNT);
            case TANH -> Activation.geluTanhGradient(x, dy, dy, COUNT);
        }
        assertThat(dy.toHeapArray()).isEqualTo(dx.toHeapArray());
    }

    private static double derivative(Gelu form, double x) {
        return switch (form) {
            case ERF ->
                    0.5 * (1 + GeluTest.erf(x / Math.sqrt(2)))
                            + x * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
            case TANH -> {
                double c = Math.sqrt(2 / Math.PI);
                double t = Math.tanh(c * (x + 0.044715 * x * x * x));
                double slope = c * (1 + 3 * 0.044715 * x * x);
                yield 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * slope;
            }
        };
    }

    @Test
    void tasksOfTheirOwnAreWhatIsFused() {
        FloatArray x = new Samples(2).normal(129);
        FloatArray y = Samples.unwritten(129);
        FloatArray z = Samples.unwritten(129);
        Activation.gelu(x, y, 129);
        Activation.geluTanh(x, z, 129);
        for (int i = 0; i < 129; i++) {
            assertThat(y.get(i)).isEqualTo(Gelu.gelu(x.get(i)));
            assertThat(z.get(i)).isEqualTo(Gelu.geluTanh(x.get(i)));
        }
    }

    @Test
    void tanhAndRectifier() {
        FloatArray y = FloatArray.fromElements(-1, -0.5f, 0, 0.25f, 1);
        FloatArray dy = FloatArray.fromElements(3, 4, 5, 16, 7);
        Activation.tanhGradient(y, dy, 5);
        assertThat(dy.toHeapArray()).containsExactly(0, 3, 5, 15, 0);
        FloatArray rectified = FloatArray.fromElements(0, 2, 0, 0.5f, 1);
        FloatArray gradient = FloatArray.fromElements(3, 4, -5, 16, 7);
        Activation.reluGradient(rectified, gradient, 5);
        assertThat(gradient.toHeapArray()).containsExactly(0, 4, 0, 16, 7);
    }
}
