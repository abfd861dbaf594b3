package org.tornadovit.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.AdamW;
import ai.djl.training.tracker.Tracker;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tornadovit.models.Model;
import org.tornadovit.nn.Weights;

/** A model trained by libtorch's eager mode through DJL, on all cores. */
final class LibTorchTraining implements AutoCloseable {
    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final Map<String, NDArray> weights = new LinkedHashMap<>();
    private final Model model;
    private final TorchNetwork network;
    private final NDArray images;
    private final NDArray targets;
    private final AdamW optimizer;

    /**
     * Copies weights and a batch.
     *
     * @param images float32 [batch, channels, height, width]
     * @param targets float32 [batch, classes]
     */
    LibTorchTraining(
            Model model, Weights start, int batch, float[] images, float[] targets, float rate) {
        this.model = model;
        for (var spec : model.weights()) {
            long[] extents = spec.shape().stream().mapToLong(Integer::longValue).toArray();
            float[] values = start.get(spec.name()).toHeapArray();
            NDArray array = manager.create(values, new Shape(extents));
            array.setRequiresGradient(true);
            weights.put(spec.name(), array);
        }
        this.network = new TorchNetwork(weights, model.numerics());
        int side = model.imageSize();
        this.images = manager.create(images, new Shape(batch, model.channels(), side, side));
        this.targets = manager.create(targets, new Shape(batch, model.classes()));
        this.optimizer =
                AdamW.builder()
                        .optLearningRateTracker(Tracker.fixed(rate))
                        .optWeightDecays(0)
                        .build();
    }

    /** {@return its name and version} */
    static String version() {
        return "libtorch " + Engine.getEngine("PyTorch").getVersion();
    }

    /** Does a step and gives the loss. */
    float step() {
        float loss = loss();
        weights.forEach((name, array) -> {
            NDArray gradient = array.getGradient();
            optimizer.update(name, array, gradient);
            gradient.subi(gradient);
        });
        return loss;
    }

    /** {@return the gradient of every weight, from the last {@link #loss} alone} */
    Map<String, float[]> gradients() {
        Map<String, float[]> gradients = new LinkedHashMap<>();
        weights.forEach((name, array) -> gradients.put(name, array.getGradient().toFloatArray()));
        return gradients;
    }

    /** {@return the mean loss of the batch; the gradients are added to those that are there} */
    float loss() {
        try (NDManager scope = manager.newSubManager();
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDArray image = images.duplicate();
            NDArray label = targets.duplicate();
            image.attach(scope);
            label.attach(scope);
            NDArray logits = network.logits(model, image);
            long batch = image.getShape().get(0);
            NDArray loss = logits.logSoftmax(-1).mul(label).sum().neg().div(batch);
            collector.backward(loss);
            return loss.getFloat();
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
