package org.tornadovit.models;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tornadovit.io.Npz;
import org.tornadovit.io.Safetensors;
import org.tornadovit.io.Tensor;
import org.tornadovit.nn.WeightSpec;
import org.tornadovit.nn.Weights;

/** Writes a model's weights as other code bases would: the inverse of reading, by other means. */
final class Exporter {
    private final Weights weights;
    private final List<Tensor> tensors = new ArrayList<>();

    Exporter(Weights weights) {
        this.weights = weights;
    }

    /** A weight of the model being exported. */
    record Weight(WeightSpec spec, float[] values) {
        int extent(int axis) {
            return spec.shape().get(axis);
        }

        long[] shape() {
            return spec.shape().stream().mapToLong(Integer::longValue).toArray();
        }

        Weight rows(int from, int to) {
            int row = values.length / extent(0);
            List<Integer> shape = new ArrayList<>(spec.shape());
            shape.set(0, to - from);
            return new Weight(
                    new WeightSpec(spec.name(), shape, spec.kind(), spec.initialization()),
                    java.util.Arrays.copyOfRange(values, from * row, to * row));
        }
    }

    /** Where a weight goes. */
    interface Destination {
        void export(Exporter to, Weight weight);
    }

    List<Tensor> export(Destination destination) {
        for (WeightSpec spec : weights.specs()) {
            float[] values = weights.get(spec.name()).toHeapArray();
            destination.export(this, new Weight(spec, values));
        }
        return tensors;
    }

    void same(String key, Weight weight) {
        tensors.add(Tensor.of(key, weight.values(), weight.shape()));
    }

    void shaped(String key, Weight weight, long... shape) {
        tensors.add(Tensor.of(key, weight.values(), shape));
    }

    /** [out, in] as [in, out], in whatever shape. */
    void transposed(String key, Weight weight, long... shape) {
        int out = weight.extent(0);
        int in = weight.extent(1);
        float[] values = new float[out * in];
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                values[i * out + o] = weight.values()[o * in + i];
            }
        }
        tensors.add(Tensor.of(key, values, shape));
    }

    /** [out, in, height, width] as [height, width, in, out]. */
    void hwio(String key, Weight weight) {
        int out = weight.extent(0);
        int in = weight.extent(1);
        int window = weight.extent(2) * weight.extent(3);
        float[] values = new float[weight.values().length];
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                for (int p = 0; p < window; p++) {
                    values[(p * in + i) * out + o] = weight.values()[(o * in + i) * window + p];
                }
            }
        }
        tensors.add(Tensor.of(key, values, weight.extent(2), weight.extent(3), in, out));
    }

    static void safetensors(Path file, List<Tensor> tensors) {
        Safetensors.write(file, tensors, Map.of());
    }

    static void npz(Path file, List<Tensor> tensors) {
        Npz.write(file, tensors);
    }
}
