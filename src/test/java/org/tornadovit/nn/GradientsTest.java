package org.tornadovit.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.tornadovit.nn.Samples.assertClose;
import static org.tornadovit.nn.Samples.doubles;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tornadovit.nn.Forward.Capture;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** How backward kernels are put together; each has a test of its own. */
class GradientsTest {
    @Test
    void aSumOfTwoWaysHasTheSumOfTheirGradients() {
        Forward forward = new Forward(2, 3, Weights.random(List.of(), 1), Capture.GRADIENTS);
        FloatArray w = new Samples(1).normal(9);
        FloatArray b = new Samples(2).normal(3);
        FloatArray other = new Samples(3).normal(3);
        FloatArray h = forward.own(6);
        FloatArray y = forward.own(6);
        Section section = forward.section("s", Section.Part.HEAD);
        section.task("first", Linear::linear, forward.input(), w, b, h, 2, 3, 3)
                .adjoint(LinearGradient.linear(forward.input(), w, b, h, 2, 3, 3));
        section.task("second", Linear::linearAdd, h, w, other, h, y, 2, 3, 3)
                .adjoint(LinearGradient.linearAdd(h, w, other, h, y, 2, 3, 3));
        Gradients gradients = new Gradients(forward, List.of(b));
        assertThat(gradients.needs(w)).isFalse();
        assertThat(gradients.needs(forward.input())).isFalse();
        assertThat(gradients.needs(h)).isTrue();
        gradients.into(y).array().init(1);
        List<Section> backward = gradients.write();
        backward.forEach(back -> back.tasks().forEach(task -> task.body().run()));
        for (int k = 0; k < 3; k++) {
            // of two rows each: past the second layer, and through it
            double expected = 2 + 2 * (w.get(k) + w.get(3 + k) + w.get(6 + k));
            assertThat((double) gradients.of(b).get(k)).isCloseTo(expected, offset());
        }
    }

    private static org.assertj.core.data.Offset<Double> offset() {
        return org.assertj.core.data.Offset.offset(1e-5);
    }

    @Test
    void manyRowsGoInChunks() {
        int rows = 400;
        Forward forward = new Forward(rows, 3, Weights.random(List.of(), 1), Capture.GRADIENTS);
        FloatArray w = new Samples(1).normal(6);
        FloatArray y = forward.own(2 * rows);
        forward.section("s", Section.Part.HEAD)
                .task("fc", Linear::product, forward.input(), w, y, rows, 3, 2)
                .adjoint(
                        new LinearGradient(
                                forward.input(),
                                w,
                                Optional.empty(),
                                Optional.empty(),
                                y,
                                rows,
                                3,
                                2));
        for (int i = 0; i < forward.input().getSize(); i++) {
            forward.input().set(i, (float) Math.sin(i));
        }
        Gradients gradients = new Gradients(forward, List.of(w));
        FloatArray dy = gradients.into(y).array();
        Section backward = gradients.write().getFirst();
        assertThat(backward.tasks()).hasSize(2);
        dy.init(0.5f);
        backward.tasks().forEach(task -> task.body().run());
        FloatArray whole = Samples.unwritten(6);
        LinearGradient.weight(dy, forward.input(), whole, rows, 3, 2);
        assertClose(gradients.of(w), doubles(whole), 1e-4);
    }

    @Test
    void whatHasNoWayBackIsNamed() {
        Forward forward = new Forward(1, 2, Weights.random(List.of(), 1), Capture.GRADIENTS);
        FloatArray w = new FloatArray(4);
        FloatArray y = forward.own(2);
        forward.section("block0", Section.Part.ENCODER)
                .task("fc", Linear::product, forward.input(), w, y, 1, 2, 2);
        Gradients gradients = new Gradients(forward, List.of(w));
        gradients.into(y);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(gradients::write)
                .withMessageContaining("fc of block0");
    }
}
