package org.tornadovit.train;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tornadovit.io.Checkpoint;
import org.tornadovit.io.DType;
import org.tornadovit.io.InputException;
import org.tornadovit.io.Safetensors;
import org.tornadovit.io.Tensor;
import org.tornadovit.models.Model;
import org.tornadovit.nn.WeightSpec;
import org.tornadovit.nn.Weights;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Training as a safetensors file, written whole or not at all: the weights under their own names,
 * what belongs to a learned weight under its name behind {@code state0/}, {@code state1/}, {@code
 * average/} and {@code sum/}, and what was done so far as metadata.
 */
public final class TrainingFile {
    private static final String BATCHES = "batches";
    private static final String RECIPE = "recipe";
    private static final String BATCH = "batch";
    private static final String MODEL = "model";

    private TrainingFile() {}

    /**
     * Writes weights alone, as {@code CheckpointWeights} reads them.
     *
     * @throws InputException when the file cannot be written
     */
    public static void writeWeights(Path file, Model model, Weights weights) {
        List<Tensor> tensors = new ArrayList<>();
        for (WeightSpec spec : model.weights()) {
            tensors.add(tensor(spec, "", weights.get(spec.name())));
        }
        Safetensors.write(file, tensors, Map.of(MODEL, model.name()));
    }

    /** Writes weights and state. */
    static void write(
            Path file,
            Model model,
            TrainingRecipe recipe,
            int batch,
            TrainingPass pass,
            long done) {
        List<Tensor> tensors = new ArrayList<>();
        for (WeightSpec spec : model.weights()) {
            tensors.add(tensor(spec, "", pass.weights().get(spec.name())));
        }
        for (Learned one : pass.learned()) {
            one.kept().forEach((kind, array) -> tensors.add(tensor(one.spec(), kind, array)));
        }
        Map<String, String> metadata =
                Map.of(
                        BATCHES,
                        "" + done,
                        RECIPE,
                        recipe.toString(),
                        BATCH,
                        "" + batch,
                        MODEL,
                        model.name());
        Safetensors.write(file, tensors, metadata);
    }

    /** {@return the weights of a file} */
    static Weights weights(Checkpoint file, Model model) {
        Map<String, FloatArray> values = new HashMap<>();
        for (WeightSpec spec : model.weights()) {
            FloatArray array = new FloatArray(spec.size());
            read(file, spec, "", array);
            values.put(spec.name(), array);
        }
        return Weights.of(model.weights(), values);
    }

    /**
     * Fills the state of a run and gives the number of its batches.
     *
     * @throws InputException when the file is of another run
     */
    static long read(Checkpoint file, TrainingRecipe recipe, int batch, TrainingPass pass) {
        require(file, RECIPE, recipe.toString());
        require(file, BATCH, "" + batch);
        for (Learned one : pass.learned()) {
            one.kept().forEach((kind, array) -> read(file, one.spec(), kind, array));
        }
        String batches = file.metadata().getOrDefault(BATCHES, "");
        try {
            return Long.parseLong(batches);
        } catch (NumberFormatException e) {
            throw new InputException(
                    "%s does not say how many batches it has seen; it is no state of a training."
                            .formatted(file.file()),
                    e);
        }
    }

    private static void require(Checkpoint file, String key, String value) {
        String found = file.metadata().getOrDefault(key, "none");
        if (!found.equals(value)) {
            throw new InputException(
                    ("%s was written with %s %s, and cannot be resumed with %s; give the same, or"
                                    + " start a new run from its weights.")
                            .formatted(file.file(), key, found, value));
        }
    }

    private static void read(Checkpoint file, WeightSpec spec, String kind, FloatArray to) {
        long[] shape = spec.shape().stream().mapToLong(Integer::longValue).toArray();
        file.tensor(kind + spec.name(), shape).copyTo(to.getSegment(), 0);
    }

    private static Tensor tensor(WeightSpec spec, String kind, FloatArray values) {
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            long[] shape = spec.shape().stream().mapToLong(Integer::longValue).toArray();
            return Tensor.of(kind + spec.name(), values.toHeapArray(), shape);
        }
        byte[] bytes = new byte[Float.BYTES * values.getSize()];
        MemorySegment.copy(values.getSegment(), 0, MemorySegment.ofArray(bytes), 0, bytes.length);
        long[] shape = spec.shape().stream().mapToLong(Integer::longValue).toArray();
        return Tensor.of(kind + spec.name(), DType.F32, bytes, shape);
    }
}
