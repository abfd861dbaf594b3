package org.tornadovit.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Updates against float64; errors relative to the sum of the magnitudes of the terms. */
class UpdatesTest {
    private static final double UNIT = Math.scalb(1.0, -24);
    private static final double ERROR = 12 * UNIT;
    private static final int COUNT = 1001;

    private final Random random = new Random(5);
    private final FloatArray weight = normal(1);
    private final FloatArray gradient = normal(0.1);
    private final FloatArray length = FloatArray.fromElements(9, 3, 0.3f);
    private final FloatArray control = FloatArray.fromElements(0.03f, 0.271f, 0.002997f, 0.9f, 1);

    private FloatArray normal(double deviation) {
        FloatArray array = new FloatArray(COUNT);
        for (int i = 0; i < COUNT; i++) {
            array.set(i, (float) (deviation * random.nextGaussian()));
        }
        return array;
    }

    private static FloatArray copy(FloatArray x) {
        FloatArray copy = new FloatArray(x.getSize());
        for (int i = 0; i < x.getSize(); i++) {
            copy.set(i, x.get(i));
        }
        return copy;
    }

    private static void assertClose(FloatArray found, int i, double expected, double terms) {
        assertThat((double) found.get(i))
                .as("element %d", i)
                .isCloseTo(expected, within(ERROR * terms));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0.9,0", "0.9,0.05"})
    void sgd(float momentum, float decay) {
        FloatArray velocity = normal(0.2);
        FloatArray w = copy(weight);
        FloatArray v = copy(velocity);
        Updates.sgd(w, gradient, v, length, control, COUNT, momentum, decay);
        double rate = control.get(Updates.RATE);
        for (int i = 0; i < COUNT; i++) {
            double old = weight.get(i);
            double g = (double) gradient.get(i) * length.get(2);
            double next = (double) momentum * velocity.get(i) + g + (double) decay * old;
            double terms =
                    Math.abs((double) momentum * velocity.get(i))
                            + Math.abs(g)
                            + Math.abs(decay * old);
            assertClose(v, i, next, terms);
            assertClose(w, i, old - rate * next, Math.abs(old) + rate * terms);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.9,0.999,1e-8,0", "0.9,0.95,1e-3,0.05", "0,0.3,1e-8,0.1"})
    void adamW(float beta1, float beta2, float epsilon, float decay) {
        FloatArray first = normal(0.1);
        FloatArray second = normal(0.1);
        for (int i = 0; i < COUNT; i++) {
            second.set(i, second.get(i) * second.get(i));
        }
        FloatArray w = copy(weight);
        FloatArray m = copy(first);
        FloatArray v = copy(second);
        Updates.adamW(w, gradient, m, v, length, control, COUNT, beta1, beta2, epsilon, decay);
        double rate = control.get(Updates.RATE);
        for (int i = 0; i < COUNT; i++) {
            double old = weight.get(i);
            double g = (double) gradient.get(i) * length.get(2);
            double m64 = (double) beta1 * first.get(i) + (1.0 - beta1) * g;
            double terms = Math.abs((double) beta1 * first.get(i)) + Math.abs((1.0 - beta1) * g);
            double v64 = (double) beta2 * second.get(i) + (1.0 - beta2) * g * g;
            assertClose(m, i, m64, terms);
            assertClose(v, i, v64, v64);
            double root = Math.sqrt(v64 / control.get(Updates.CORRECTION_2)) + epsilon;
            double toStep = rate / control.get(Updates.CORRECTION_1) / root;
            double decayed = rate * decay * old;
            assertClose(
                    w,
                    i,
                    old - toStep * m64 - decayed,
                    Math.abs(old) + toStep * terms + Math.abs(decayed));
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 1})
    void batchesOfAnUpdateAdd(float keep) {
        control.set(Updates.KEEP, keep);
        FloatArray y = copy(weight);
        Updates.accumulate(gradient, y, control, COUNT);
        for (int i = 0; i < COUNT; i++) {
            assertThat(y.get(i)).isEqualTo(keep * weight.get(i) + gradient.get(i));
        }
    }

    @Test
    void theAverageMovesByItsShare() {
        FloatArray average = normal(1);
        FloatArray y = copy(average);
        Updates.average(weight, y, control, COUNT);
        double share = control.get(Updates.AVERAGE);
        for (int i = 0; i < COUNT; i++) {
            double kept = share * average.get(i);
            double added = (1 - share) * weight.get(i);
            assertClose(y, i, kept + added, Math.abs(kept) + Math.abs(added));
        }
    }

    @ParameterizedTest
    @CsvSource({"0,false", "1,true", "1000,false"})
    void theLengthIsCut(float most, boolean cut) {
        int size = 64;
        int chunks = (COUNT + size - 1) / size; // the last is shorter
        FloatArray partial = new FloatArray(chunks);
        partial.init(Float.NaN);
        FloatArray found = FloatArray.fromElements(Float.NaN, Float.NaN, Float.NaN);
        Updates.squares(weight, partial, chunks, size, COUNT);
        Updates.collect(partial, found, chunks, 0);
        Updates.squares(gradient, partial, chunks, size, COUNT);
        Updates.collect(partial, found, chunks, 1);
        Updates.clip(found, most, 1);
        double squares = 0;
        for (int i = 0; i < COUNT; i++) {
            squares += (double) weight.get(i) * weight.get(i);
            squares += (double) gradient.get(i) * gradient.get(i);
        }
        double error = (size + 2 * chunks) * UNIT;
        double norm = Math.sqrt(squares);
        assertThat((double) found.get(0)).isCloseTo(squares, within(error * squares));
        assertThat((double) found.get(1)).isCloseTo(norm, within(error * norm));
        double factor = cut ? most / norm : 1;
        assertThat((double) found.get(2)).isCloseTo(factor, within(cut ? error * factor : 0));
    }
}
