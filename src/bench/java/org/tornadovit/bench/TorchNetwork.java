package org.tornadovit.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.pooling.Pool;
import java.util.List;
import java.util.Map;
import org.tornadovit.models.BitResNet;
import org.tornadovit.models.Model;
import org.tornadovit.models.Numerics;
import org.tornadovit.models.PatchStem;
import org.tornadovit.models.ResNet;
import org.tornadovit.models.ResNetStem;
import org.tornadovit.models.Swin;
import org.tornadovit.models.Vit;
import org.tornadovit.models.VitConfiguration;
import org.tornadovit.nn.WeightStandardization;

/**
 * The models that can be trained, written in libtorch's operations: channels first, gradients by
 * libtorch itself. ViTs have a class token and learned positions.
 *
 * @param weights under the names of the model
 * @param numerics conventions of the model
 */
record TorchNetwork(Map<String, NDArray> weights, Numerics numerics) {
    private static final int[] LAST_OF_2 = {1};
    private static final int[] LAST_OF_3 = {2};

    /** How the borders of a model's convolutions are. */
    private enum Border {
        /** As torch has it, the same on every side. */
        SYMMETRIC,
        /** TensorFlow's SAME. */
        SAME
    }

    /** {@return float32 [batch, classes] of images [batch, channels, height, width]} */
    NDArray logits(Model model, NDArray images) {
        return switch (model) {
            case Vit vit -> vit(vit.configuration(), images);
            case BitResNet resnet -> resnet(resnet, images);
            case ResNet other -> throw untrained(other);
            case Swin other -> throw untrained(other);
        };
    }

    private static PeerException untrained(Model model) {
        return new PeerException(model.name() + " is not trained here.");
    }

    private NDArray vit(VitConfiguration shape, NDArray images) {
        long batch = images.getShape().get(0);
        NDArray patches =
                switch (shape.stem()) {
                    case PatchStem stem -> patches(shape, stem.patch(), images);
                    case ResNetStem stem -> hybrid(shape, stem, images);
                };
        NDArray token = weights.get("cls_token").broadcast(batch, 1, shape.dim());
        NDArray z = token.concat(patches, 1).add(weights.get("pos_embed"));
        for (int i = 0; i < shape.depth(); i++) {
            z = block(shape, z, "blocks." + i);
        }
        return linear(norm(shape, z, "norm").get(":, 0"), "head");
    }

    private NDArray patches(VitConfiguration shape, int patch, NDArray images) {
        long batch = images.getShape().get(0);
        int side = shape.side();
        NDArray pixels =
                images.reshape(batch, shape.channels(), side, patch, side, patch)
                        .transpose(0, 2, 4, 1, 3, 5)
                        .reshape(batch, (long) side * side, -1);
        NDArray kernel = weights.get("patch_embed.proj.weight").reshape(shape.dim(), -1);
        NDArray bias = weights.get("patch_embed.proj.bias");
        return Linear.linear(pixels, kernel, bias).getFirst();
    }

    private NDArray block(VitConfiguration shape, NDArray z, String prefix) {
        long batch = z.getShape().get(0);
        int heads = shape.heads();
        int size = shape.dim() / heads;
        NDArray qkv =
                linear(norm(shape, z, prefix + ".norm1"), prefix + ".attn.qkv")
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
        NDArray normal = norm(shape, attended, prefix + ".norm2");
        NDArray hidden = Activation.gelu(linear(normal, prefix + ".mlp.fc1"));
        return attended.add(linear(hidden, prefix + ".mlp.fc2"));
    }

    private NDArray hybrid(VitConfiguration shape, ResNetStem stem, NDArray images) {
        String backbone = "patch_embed.backbone.";
        String root = backbone + (stem.stages().isEmpty() ? "" : "stem.");
        int groups = stem.groups();
        NDArray x = convolution(images, root + "conv", 2, Border.SAME);
        x = Activation.relu(groupNorm(x, root + "norm", groups));
        x = maximum(x, Border.SAME); // nothing is below 0, so that the border's zeros do not count
        for (int stage = 0; stage < stem.stages().size(); stage++) {
            for (int unit = 0; unit < stem.stages().get(stage); unit++) {
                String prefix = backbone + "stages.%d.blocks.%d.".formatted(stage, unit);
                x = bottleneck(x, prefix, stage > 0 && unit == 0 ? 2 : 1, groups);
            }
        }
        NDArray kernel = weights.get("patch_embed.proj.weight");
        NDArray bias = weights.get("patch_embed.proj.bias");
        Shape step = new Shape(stem.patch(), stem.patch());
        NDArray map = Conv2d.conv2d(x, kernel, bias, step).getFirst();
        return map.reshape(map.getShape().get(0), shape.dim(), -1).transpose(0, 2, 1);
    }

    private NDArray bottleneck(NDArray x, String prefix, int stride, int groups) {
        NDArray shortcut = x;
        if (weights.containsKey(prefix + "downsample.conv.weight")) {
            shortcut = convolution(x, prefix + "downsample.conv", stride, Border.SAME);
            shortcut = groupNorm(shortcut, prefix + "downsample.norm", groups);
        }
        NDArray h = convolution(x, prefix + "conv1", 1, Border.SAME);
        h = Activation.relu(groupNorm(h, prefix + "norm1", groups));
        h = convolution(h, prefix + "conv2", stride, Border.SAME);
        h = Activation.relu(groupNorm(h, prefix + "norm2", groups));
        h = convolution(h, prefix + "conv3", 1, Border.SAME);
        return Activation.relu(groupNorm(h, prefix + "norm3", groups).add(shortcut));
    }

    private NDArray resnet(BitResNet model, NDArray images) {
        int groups = model.groups();
        NDArray x = convolution(images, "stem.conv", 2, Border.SYMMETRIC);
        x = maximum(x, Border.SYMMETRIC);
        List<Integer> stages = model.stages();
        for (int stage = 0; stage < stages.size(); stage++) {
            for (int unit = 0; unit < stages.get(stage); unit++) {
                String prefix = "stages.%d.blocks.%d.".formatted(stage, unit);
                x = preActivation(x, prefix, stage > 0 && unit == 0 ? 2 : 1, groups);
            }
        }
        x = Activation.relu(groupNorm(x, "norm", groups));
        x = x.reshape(x.getShape().get(0), x.getShape().get(1), -1).mean(LAST_OF_3, false);
        NDArray kernel = weights.get("head.fc.weight").reshape(model.classes(), -1);
        return Linear.linear(x, kernel, weights.get("head.fc.bias")).getFirst();
    }

    private NDArray preActivation(NDArray x, String prefix, int stride, int groups) {
        NDArray active = Activation.relu(groupNorm(x, prefix + "norm1", groups));
        NDArray shortcut = x;
        if (weights.containsKey(prefix + "downsample.conv.weight")) {
            shortcut = convolution(active, prefix + "downsample.conv", stride, Border.SYMMETRIC);
        }
        NDArray h = convolution(active, prefix + "conv1", 1, Border.SYMMETRIC);
        h = Activation.relu(groupNorm(h, prefix + "norm2", groups));
        h = convolution(h, prefix + "conv2", stride, Border.SYMMETRIC);
        h = Activation.relu(groupNorm(h, prefix + "norm3", groups));
        return convolution(h, prefix + "conv3", 1, Border.SYMMETRIC).add(shortcut);
    }

    /** A convolution with standardised weights and no bias. */
    private NDArray convolution(NDArray x, String name, int stride, Border border) {
        NDArray kernel = weights.get(name + ".weight");
        Shape shape = kernel.getShape();
        NDArray flat = kernel.reshape(shape.get(0), -1);
        NDArray centred = flat.sub(flat.mean(LAST_OF_2, true));
        NDArray variance = centred.square().mean(LAST_OF_2, true);
        WeightStandardization form = numerics.standardization();
        NDArray scale =
                switch (form.form()) {
                    case DEVIATION -> variance.sqrt().add(form.epsilon());
                    case VARIANCE -> variance.add(form.epsilon()).sqrt();
                };
        NDArray none = x.getManager().zeros(new Shape(shape.get(0)));
        NDArray padded = padded(x, shape.get(2), stride, border);
        Shape step = new Shape(stride, stride);
        NDArray standard = centred.div(scale).reshape(shape);
        return Conv2d.conv2d(padded, standard, none, step).getFirst();
    }

    /** The maximum over 3 x 3, step 2, in a border of zeros. */
    private static NDArray maximum(NDArray x, Border border) {
        Shape two = new Shape(2, 2);
        return Pool.maxPool2d(
                padded(x, 3, 2, border), new Shape(3, 3), two, new Shape(0, 0), false);
    }

    private static NDArray padded(NDArray x, long window, int stride, Border border) {
        long side = x.getShape().get(2);
        long missing =
                switch (border) {
                    case SAME ->
                            Math.max(
                                    (side + stride - 1) / stride * stride - stride + window - side,
                                    0);
                    case SYMMETRIC -> window / 2 * 2;
                };
        long before = missing / 2;
        long after = missing - before;
        return missing == 0 ? x : x.pad(new Shape(before, after, before, after), 0);
    }

    private NDArray groupNorm(NDArray x, String name, int groups) {
        Shape shape = x.getShape();
        NDArray grouped = x.reshape(shape.get(0), groups, -1);
        NDArray centred = grouped.sub(grouped.mean(LAST_OF_3, true));
        NDArray variance = centred.square().mean(LAST_OF_3, true);
        NDArray normal = centred.div(variance.add(numerics.groupNormEpsilon()).sqrt());
        NDArray gamma = weights.get(name + ".weight").reshape(1, -1, 1, 1);
        NDArray beta = weights.get(name + ".bias").reshape(1, -1, 1, 1);
        return normal.reshape(shape).mul(gamma).add(beta);
    }

    private NDArray linear(NDArray x, String name) {
        NDArray kernel = weights.get(name + ".weight");
        return Linear.linear(x, kernel, weights.get(name + ".bias")).getFirst();
    }

    private NDArray norm(VitConfiguration shape, NDArray x, String name) {
        NDArray gamma = weights.get(name + ".weight");
        NDArray beta = weights.get(name + ".bias");
        float epsilon = numerics.layerNormEpsilon();
        return LayerNorm.layerNorm(x, new Shape(shape.dim()), gamma, beta, epsilon).getFirst();
    }
}
