package org.tornadovit.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.tornadovit.nn.Samples.assertClose;
import static org.tornadovit.nn.Samples.doubles;
import static org.tornadovit.nn.Samples.largest;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tornadovit.nn.Forward.Capture;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Backward kernels at odd sizes against differences in float64, and how they are put together. */
class GradientsTest {

    private static void check(
            FloatArray found,
            UnaryOperator<double[]> f,
            FloatArray x,
            FloatArray dy,
            double bound) {
        double[] expected = Differences.gradient(f, doubles(x), dy);
        assertClose(found, expected, bound * Math.max(largest(expected), 1e-3));
    }

    @ParameterizedTest
    @CsvSource({"1,3", "5,7", "4,33"})
    void layerNorm(int rows, int dim) {
        Samples samples = new Samples(dim);
        FloatArray x = samples.normal(rows * dim);
        FloatArray gamma = samples.normal(dim);
        FloatArray dy = samples.normal(rows * dim);
        FloatArray dx = Samples.unwritten(rows * dim);
        FloatArray statistics = Samples.unwritten(2 * rows);
        LayerNormGradient.input(x, gamma, dy, dx, statistics, rows, dim, 1e-6f, 0);
        check(dx, v -> normalised(v, doubles(gamma), dim), x, dy, 1e-5);
        FloatArray partial = Samples.unwritten(dim);
        LayerNormGradient.gammaChunks(x, dy, statistics, partial, 1, rows, dim);
        check(partial, g -> normalised(doubles(x), g, dim), gamma, dy, 1e-5);
    }

    private static double[] normalised(double[] x, double[] gamma, int dim) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i += dim) {
            double mean = 0;
            double variance = 0;
            for (int k = 0; k < dim; k++) {
                mean += x[i + k] / dim;
            }
            for (int k = 0; k < dim; k++) {
                variance += (x[i + k] - mean) * (x[i + k] - mean) / dim;
            }
            for (int k = 0; k < dim; k++) {
                y[i + k] = (x[i + k] - mean) / Math.sqrt(variance + 1e-6) * gamma[k];
            }
        }
        return y;
    }

    @ParameterizedTest
    @EnumSource
    void gelu(Gelu form) {
        int count = 401;
        FloatArray x = new FloatArray(count);
        FloatArray dy = new FloatArray(count);
        for (int i = 0; i < count; i++) {
            x.set(i, (i - 200) / 40f);
            dy.set(i, 1);
        }
        FloatArray dx = Samples.unwritten(count);
        double[] expected = new double[count];
        for (int i = 0; i < count; i++) {
            double h = 0x1p-17;
            double up = value(form, x.get(i) + h);
            expected[i] = (up - value(form, x.get(i) - h)) / (2 * h);
        }
        switch (form) {
            case ERF -> Activation.geluGradient(x, dy, dx, count);
            case TANH -> Activation.geluTanhGradient(x, dy, dx, count);
        }
        assertClose(dx, expected, 2e-6);
    }

    private static double value(Gelu form, double x) {
        return switch (form) {
            case ERF -> GeluTest.gelu(x);
            case TANH -> GeluTest.geluTanh(x);
        };
    }

    @ParameterizedTest
    @CsvSource({"1,5,5,3,4,3,1", "2,7,6,2,3,3,2", "1,8,9,3,2,2,2", "2,6,5,4,3,1,2"})
    void convolution(int batch, int height, int width, int in, int out, int kernel, int stride) {
        int rows = (height - kernel) / stride + 1;
        int columns = (width - kernel) / stride + 1;
        Samples samples = new Samples(height);
        FloatArray x = samples.normal(batch * height * width * in);
        FloatArray w = samples.normal(out * kernel * kernel * in);
        FloatArray dy = samples.normal(batch * rows * columns * out);
        FloatArray dw = Samples.unwritten(w.getSize());
        ConvolutionGradient.weight(
                dy, x, dw, batch, height, width, in, rows, columns, out, kernel, stride);
        FloatArray spread =
                Samples.unwritten(batch * (height + kernel - 1) * (width + kernel - 1) * out);
        ConvolutionGradient.spread(
                dy,
                spread,
                batch,
                rows,
                columns,
                out,
                kernel,
                stride,
                height + kernel - 1,
                width + kernel - 1);
        FloatArray dx = Samples.unwritten(x.getSize());
        ConvolutionGradient.input(spread, w, dx, batch, height, width, in, out, kernel, 0);
        double[] dw64 = new double[w.getSize()];
        double[] dx64 = new double[x.getSize()];
        for (int at = 0; at < dy.getSize(); at++) {
            int o = at % out;
            int j = at / out % columns;
            int i = at / out / columns % rows;
            int n = at / out / columns / rows;
            for (int k = 0; k < kernel * kernel * in; k++) {
                int row = i * stride + k / in / kernel;
                int pixel = (n * height + row) * width + j * stride + k / in % kernel;
                int weight = o * kernel * kernel * in + k;
                dw64[weight] += (double) dy.get(at) * x.get(pixel * in + k % in);
                dx64[pixel * in + k % in] += (double) dy.get(at) * w.get(weight);
            }
        }
        assertClose(dw, dw64, 1e-5 * largest(dw64));
        assertClose(dx, dx64, 1e-5 * largest(dx64));
    }

    @ParameterizedTest
    @CsvSource({"5,7,3,2,1", "6,6,3,2,0", "4,5,2,2,0", "5,5,3,1,1"})
    void maximum(int height, int width, int kernel, int stride, int before) {
        int rows = (height + 2 * before - kernel) / stride + 1;
        int columns = (width + 2 * before - kernel) / stride + 1;
        Samples samples = new Samples(width);
        FloatArray x = samples.normal(2 * height * width * 3);
        for (int i = 0; i < x.getSize(); i++) {
            x.set(i, Math.round(x.get(i))); // with equals
        }
        FloatArray y = Samples.unwritten(2 * rows * columns * 3);
        Pooling.max(x, y, 2, height, width, 3, rows, columns, kernel, stride, before, before);
        FloatArray dy = samples.normal(y.getSize());
        FloatArray dx = Samples.unwritten(x.getSize());
        PoolingGradient.max(
                x, y, dy, dx, 2, height, width, 3, rows, columns, kernel, stride, before, before);
        double[] expected = new double[x.getSize()];
        for (int at = 0; at < y.getSize(); at++) {
            int c = at % 3;
            int j = at / 3 % columns;
            int i = at / 3 / columns % rows;
            int n = at / 3 / columns / rows;
            boolean found = false;
            for (int k = 0; k < kernel * kernel && !found; k++) {
                int row = i * stride - before + k / kernel;
                int column = j * stride - before + k % kernel;
                if (row >= 0 && row < height && column >= 0 && column < width) {
                    int pixel = ((n * height + row) * width + column) * 3 + c;
                    found = x.get(pixel) == y.get(at);
                    expected[pixel] += found ? dy.get(at) : 0;
                }
            }
        }
        assertClose(dx, expected, 1e-5);
    }

    @ParameterizedTest
    @CsvSource({"0,1", "1,9", "0,9"})
    void standardisation(int deviation, int window) {
        int out = 3;
        int in = 5;
        FloatArray w = new Samples(window).normal(out * in * window);
        FloatArray y = Samples.unwritten(w.getSize());
        float epsilon = 1e-3f;
        StandardizedWeights.standardize(w, y, out, in, window, epsilon, deviation);
        UnaryOperator<double[]> f = v -> standardised(v, out, in, window, epsilon, deviation);
        assertClose(y, f.apply(doubles(w)), 4e-6);
        FloatArray dy = new Samples(3).normal(w.getSize());
        FloatArray dw = Samples.unwritten(w.getSize());
        StandardizedWeights.gradient(w, dy, dw, out, in, window, epsilon, deviation);
        check(dw, f, w, dy, 1e-5);
    }

    private static double[] standardised(
            double[] w, int out, int in, int window, double epsilon, int deviation) {
        double[] y = new double[w.length];
        int size = in * window;
        for (int o = 0; o < out; o++) {
            double mean = 0;
            double variance = 0;
            for (int i = 0; i < size; i++) {
                mean += w[o * size + i] / size;
            }
            for (int i = 0; i < size; i++) {
                variance += (w[o * size + i] - mean) * (w[o * size + i] - mean) / size;
            }
            double s =
                    deviation == 0 ? Math.sqrt(variance + epsilon) : Math.sqrt(variance) + epsilon;
            for (int i = 0; i < size; i++) {
                y[o * size + i % window * in + i / window] = (w[o * size + i] - mean) / s;
            }
        }
        return y;
    }

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
