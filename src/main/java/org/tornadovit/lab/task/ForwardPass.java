package org.tornadovit.lab.task;

import java.nio.file.Path;
import java.util.Arrays;
import org.tornadovit.io.DType;
import org.tornadovit.io.Npy;
import org.tornadovit.io.Tensor;
import org.tornadovit.lab.LabException;
import org.tornadovit.lab.experiment.Precision;
import org.tornadovit.lab.measure.Devices;
import org.tornadovit.lab.measure.ModelCandidate;
import org.tornadovit.lab.measure.Prepared;
import org.tornadovit.models.Model;
import org.tornadovit.models.ModelFile;

/** Runs one forward pass from file to file. */
public final class ForwardPass {
    private ForwardPass() {}

    /** {@return a model of the library with a checkpoint, made to fit it} */
    public static ModelCandidate named(String name, Path weights, Devices devices) {
        return ModelCandidate.load(name, weights, devices);
    }

    /** {@return a model by its JSON description, exactly as described, with a checkpoint} */
    public static ModelCandidate described(Path config, Path weights, Devices devices) {
        return ModelCandidate.loadExactly(ModelFile.read(config), weights, devices);
    }

    /**
     * Runs a pass.
     *
     * @param candidate the model
     * @param input float32 [batch, channels, height, width], as {@code .npy}
     * @param output where the logits go, float32 [batch, classes], as {@code .npy}
     * @param device full name of the device
     * @param precision how the device stores weights and activations
     * @throws LabException when the input does not fit the model, or has a value that is NaN or
     *     infinite
     */
    public static void run(
            ModelCandidate candidate, Path input, Path output, String device, Precision precision) {
        Tensor images = Npy.read(input);
        long[] shape = images.shape();
        Model loaded = candidate.model();
        long[] one = {loaded.channels(), loaded.imageSize(), loaded.imageSize()};
        if (images.dtype() != DType.F32
                || shape.length != 4
                || !Arrays.equals(Arrays.copyOfRange(shape, 1, 4), one)) {
            throw new LabException(
                    "%s holds %s %s, but %s takes F32 [batch, %d, %d, %d]."
                            .formatted(
                                    input,
                                    images.dtype(),
                                    Tensor.text(shape),
                                    loaded.name(),
                                    one[0],
                                    one[1],
                                    one[2]));
        }
        float[] values = images.toFloats();
        requireFinite(input, values, shape);
        int batch = Math.toIntExact(shape[0]);
        try (Prepared prepared = candidate.prepare(device, batch, precision)) {
            prepared.input(values);
            prepared.run();
            float[] logits = prepared.logits();
            Npy.write(output, Tensor.of("logits", logits, batch, logits.length / batch));
        }
    }

    private static void requireFinite(Path input, float[] values, long[] shape) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                long[] position = new long[shape.length];
                long rest = i;
                for (int axis = shape.length - 1; axis >= 0; axis--) {
                    position[axis] = rest % shape[axis];
                    rest /= shape[axis];
                }
                throw new LabException(
                        "%s holds %s at %s, which has no logits; images are finite numbers."
                                .formatted(input, values[i], Tensor.text(position)));
            }
        }
    }
}
