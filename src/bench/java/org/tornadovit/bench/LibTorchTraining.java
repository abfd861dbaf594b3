package org.tornadovit.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.AdamW;
import ai.djl.training.tracker.Tracker;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tornadovit.models.PatchStem;
import org.tornadovit.models.Vit;
import org.tornadovit.models.VitConfiguration;
import org.tornadovit.nn.Weights;

/** A ViT with a class token trained by libtorch's eager mode through DJL, on all cores. */
final class LibTorchTraining implements AutoCloseable {
    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final Map<String, NDArray> weights = new LinkedHashMap<>();
    private final VitConfiguration shape;
    private final float epsilon;
    private final int batch;
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
            Vit vit, Weights start, int batch, float[] images, float[] targets, float rate) {
        this.shape = vit.configuration();
        this.epsilon = vit.numerics().layerNormEpsilon();
        this.batch = batch;
        for (var spec : vit.weights()) {
            long[] extents = spec.shape().stream().mapToLong(Integer::longValue).toArray();
            float[] values = start.get(spec.name()).toHeapArray();
            NDArray array = manager.create(values, new Shape(extents));
            array.setRequiresGradient(true);
            weights.put(spec.name(), array);
        }
        int side = shape.imageSize();
        this.images = manager.create(images, new Shape(batch, shape.channels(), side, side));
        this.targets = manager.create(targets, new Shape(batch, shape.classes()));
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
        float loss = gradients();
        weights.forEach((name, array) -> {
            NDArray gradient = array.getGradient();
            optimizer.update(name, array, gradient);
            gradient.subi(gradient);
        });
        return loss;
    }

    private float gradients() {
        try (NDManager scope = manager.newSubManager();
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDArray image = images.duplicate();
            NDArray label = targets.duplicate();
            image.attach(scope);
            label.attach(scope);
            NDArray logits = logits(image);
            NDArray loss = logits.logSoftmax(-1).mul(label).sum().neg().div(batch);
            collector.backward(loss);
            return loss.getFloat();
        }
    }

    private NDArray logits(NDArray image) {
        int side = shape.side();
        int patch = ((PatchStem) shape.stem()).patch();
        int dim = shape.dim();
        NDArray pixels =
                image.reshape(batch, shape.channels(), side, patch, side, patch)
                        .transpose(0, 2, 4, 1, 3, 5)
                        .reshape(batch, side * side, -1);
        NDArray kernel = weights.get("patch_embed.proj.weight").reshape(dim, -1);
        NDArray patches =
                Linear.linear(pixels, kernel, weights.get("patch_embed.proj.bias")).getFirst();
        NDArray token = weights.get("cls_token").broadcast(batch, 1, dim);
        NDArray z = token.concat(patches, 1).add(weights.get("pos_embed"));
        for (int i = 0; i < shape.depth(); i++) {
            z = block(z, "blocks." + i);
        }
        return linear(norm(z, "norm").get(":, 0"), "head");
    }

    private NDArray block(NDArray z, String prefix) {
        int heads = shape.heads();
        int size = shape.dim() / heads;
        NDArray qkv =
                linear(norm(z, prefix + ".norm1"), prefix + ".attn.qkv")
                        .reshape(batch, shape.tokens(), 3, heads, size)
                        .transpose(2, 0, 3, 1, 4);
        NDArray keys = qkv.get(1).transpose(0, 1, 3, 2);
        NDArray weighted =
                qkv.get(0)
                        .matMul(keys)
                        .mul(1 / Math.sqrt(size))
                        .softmax(-1)
                        .matMul(qkv.get(2))
                        .transpose(0, 2, 1, 3)
                        .reshape(batch, shape.tokens(), shape.dim());
        NDArray attended = z.add(linear(weighted, prefix + ".attn.proj"));
        NDArray hidden =
                Activation.gelu(linear(norm(attended, prefix + ".norm2"), prefix + ".mlp.fc1"));
        return attended.add(linear(hidden, prefix + ".mlp.fc2"));
    }

    private NDArray linear(NDArray x, String name) {
        NDList y = Linear.linear(x, weights.get(name + ".weight"), weights.get(name + ".bias"));
        return y.getFirst();
    }

    private NDArray norm(NDArray x, String name) {
        NDArray gamma = weights.get(name + ".weight");
        NDArray beta = weights.get(name + ".bias");
        return LayerNorm.layerNorm(x, new Shape(shape.dim()), gamma, beta, epsilon).getFirst();
    }

    @Override
    public void close() {
        manager.close();
    }
}
