package org.tornadovit.models;

import static org.tornadovit.nn.Initialization.LECUN_NORMAL;
import static org.tornadovit.nn.Initialization.ONES;
import static org.tornadovit.nn.Initialization.TRUNCATED_NORMAL;
import static org.tornadovit.nn.Initialization.XAVIER_UNIFORM;
import static org.tornadovit.nn.Initialization.ZEROS;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tornadovit.nn.Forward;
import org.tornadovit.nn.Forward.Capture;
import org.tornadovit.nn.LayerNorm;
import org.tornadovit.nn.Linear;
import org.tornadovit.nn.Noise;
import org.tornadovit.nn.OnnxLayers;
import org.tornadovit.nn.Pooling;
import org.tornadovit.nn.Section;
import org.tornadovit.nn.WeightSpec;
import org.tornadovit.nn.Weights;
import org.tornadovit.nn.WindowBlock;
import org.tornadovit.nn.Windows;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The Swin Transformer (<a href="https://arxiv.org/abs/2103.14030">Liu et al. 2021</a>): stages of
 * {@link WindowBlock}s, between which 2 x 2 tokens become one with twice the features.
 *
 * @param name such as {@code Swin-T}
 * @param imageSize height and width of the images in pixels
 * @param channels colour channels
 * @param patch side of a patch in pixels
 * @param dim features of a token in the first stage
 * @param stages blocks of each stage
 * @param heads attention heads of each stage
 * @param window side of a window in tokens
 * @param mlpRatio hidden features of an MLP per feature of a token
 * @param classes of the classifier; 0 for none
 * @param numerics conventions
 */
public record Swin(
        String name,
        int imageSize,
        int channels,
        int patch,
        int dim,
        List<Integer> stages,
        List<Integer> heads,
        int window,
        double mlpRatio,
        int classes,
        Numerics numerics)
        implements Model {

    /** Checks that the sizes fit each other. */
    public Swin {
        stages = List.copyOf(stages);
        heads = List.copyOf(heads);
        if (stages.isEmpty() || stages.size() != heads.size()) {
            throw new IllegalArgumentException(
                    "A Swin needs as many numbers of heads as stages, not %s and %s."
                            .formatted(heads, stages));
        }
        if (channels < 1 || dim < 1 || window < 1 || classes < 0 || !(mlpRatio > 0)) {
            throw new IllegalArgumentException(
                    "A Swin needs positive sizes, not %d channels, %d features, window %d."
                            .formatted(channels, dim, window));
        }
        new PatchStem(patch).side(imageSize);
    }

    @Override
    public int featureSize() {
        return dim << (stages.size() - 1);
    }

    @Override
    public Optional<PositionGrid> positionGrid() {
        return Optional.empty();
    }

    @Override
    public Swin withImageSize(int size) {
        return new Swin(
                name, size, channels, patch, dim, stages, heads, window, mlpRatio, classes,
                numerics);
    }

    @Override
    public Swin withClasses(int count) {
        return new Swin(
                name, imageSize, channels, patch, dim, stages, heads, window, mlpRatio, count,
                numerics);
    }

    @Override
    public Swin withNumerics(Numerics other) {
        return new Swin(
                name, imageSize, channels, patch, dim, stages, heads, window, mlpRatio, classes,
                other);
    }

    @Override
    public List<WeightSpec> weights() {
        List<WeightSpec> weights = new ArrayList<>();
        weights.add(
                WeightSpec.parameter(
                        "patch_embed.proj.weight", LECUN_NORMAL, dim, channels, patch, patch));
        weights.add(WeightSpec.parameter("patch_embed.proj.bias", ZEROS, dim));
        norm(weights, "patch_embed.norm", dim);
        for (int stage = 0; stage < stages.size(); stage++) {
            if (stage > 0) {
                int in = dim(stage - 1);
                String merge = "layers." + stage + ".downsample";
                norm(weights, merge + ".norm", 4 * in);
                weights.add(
                        WeightSpec.parameter(
                                merge + ".reduction.weight", XAVIER_UNIFORM, 2 * in, 4 * in));
            }
            blocks(stage).forEach(block -> weights.addAll(block.weights()));
        }
        norm(weights, "norm", featureSize());
        if (classes > 0) {
            weights.add(
                    WeightSpec.parameter("head.weight", TRUNCATED_NORMAL, classes, featureSize()));
            weights.add(WeightSpec.parameter("head.bias", ZEROS, classes));
        }
        return weights;
    }

    private static void norm(List<WeightSpec> weights, String prefix, int size) {
        weights.add(WeightSpec.parameter(prefix + ".weight", ONES, size));
        weights.add(WeightSpec.parameter(prefix + ".bias", ZEROS, size));
    }

    @Override
    public Macs macs() {
        long encoder = 0;
        for (int stage = 0; stage < stages.size(); stage++) {
            long positions = (long) side(stage) * side(stage);
            encoder += stage > 0 ? positions * 4 * dim(stage - 1) * dim(stage) : 0;
            encoder += blocks(stage).stream().mapToLong(WindowBlock::macs).sum();
        }
        return new Macs(
                new PatchStem(patch).macs(imageSize, channels, dim),
                encoder,
                (long) featureSize() * classes);
    }

    @Override
    public BuiltModel build(int batch, Weights weights, Capture capture, Noise noise) {
        Forward forward =
                new Forward(batch, channels * imageSize * imageSize, weights, capture, noise);
        FloatArray z = embed(forward);
        for (int stage = 0; stage < stages.size(); stage++) {
            if (stage > 0) {
                z = merge(forward, stage, z);
            }
            List<WindowBlock> blocks = blocks(stage);
            for (int i = 0; i < blocks.size(); i++) {
                z = blocks.get(i).forward(forward, "stage%d_block%d".formatted(stage, i), z);
            }
        }
        return head(forward, z);
    }

    private FloatArray embed(Forward forward) {
        int side = side(0);
        Stem.Embedding embedding =
                new PatchStem(patch).forward(forward, imageSize, channels, dim, numerics);
        FloatArray z = forward.intermediate("encoder_in", "tokens", side, side, dim);
        normalize(
                forward,
                embedding.section(),
                "patch_embed.norm",
                embedding.patches(),
                z,
                side,
                dim);
        return z;
    }

    /** Four neighbouring tokens become one. */
    private FloatArray merge(Forward forward, int stage, FloatArray z) {
        int from = side(stage - 1);
        int side = side(stage);
        int in = dim(stage - 1);
        int batch = forward.batch();
        String prefix = "layers." + stage + ".downsample";
        String name = "merge" + stage;
        Section section = forward.section(name, Section.Part.ENCODER);
        FloatArray squares = forward.scratch("squares", side, side, 4 * in);
        FloatArray normal = forward.scratch("merged", side, side, 4 * in);
        FloatArray y = forward.intermediate(name, "tokens", side, side, 2 * in);
        section.task(
                "gather", Windows::gatherSquares, z, squares, batch, from, from, in, side, side);
        normalize(forward, section, prefix + ".norm", squares, normal, side, 4 * in);
        section.task(
                        "reduction",
                        Linear::product,
                        normal,
                        forward.weights().get(prefix + ".reduction.weight"),
                        y,
                        batch * side * side,
                        4 * in,
                        2 * in)
                .macs(batch, side, side, 4 * in, 2 * in);
        return y;
    }

    private BuiltModel head(Forward forward, FloatArray z) {
        int side = side(stages.size() - 1);
        Section section = forward.section("head", Section.Part.HEAD);
        FloatArray normal = forward.intermediate("norm", "normal", side, side, featureSize());
        normalize(forward, section, "norm", z, normal, side, featureSize());
        FloatArray features = forward.result("features", featureSize());
        section.task(
                "pool",
                Pooling::average,
                normal,
                features,
                forward.batch(),
                side * side,
                featureSize());
        FloatArray logits =
                Classifier.forward(
                        forward, section, classifier(), features, featureSize(), classes);
        return new BuiltModel(this, forward, features, logits);
    }

    @Override
    public String onnxFeatures(OnnxLayers layers, String image) {
        float epsilon = numerics.layerNormEpsilon();
        String map = new PatchStem(patch).onnx(layers, image, imageSize, numerics);
        String flat = layers.reshape("patch_embed.flat", map, 0, dim, -1);
        String tokens = layers.transpose("patch_embed", flat, 0L, 2L, 1L);
        String z = layers.layerNorm("patch_embed.norm", tokens, epsilon);
        for (int stage = 0; stage < stages.size(); stage++) {
            if (stage > 0) {
                z = onnxMerge(layers, stage, z);
            }
            for (WindowBlock block : blocks(stage)) {
                z = block.onnx(layers, z);
            }
        }
        return layers.averageTokens("features", layers.layerNorm("norm", z, epsilon));
    }

    private String onnxMerge(OnnxLayers layers, int stage, String z) {
        String prefix = "layers." + stage + ".downsample";
        int from = side(stage - 1);
        int side = side(stage);
        int in = dim(stage - 1);
        String map = layers.reshape(prefix + ".map", z, 0, from, from, in);
        if (from % 2 == 1) {
            String pads = layers.graph().wholes(prefix + ".pads", 0, 0, 0, 0, 0, 1, 1, 0);
            map = layers.graph().add("Pad", prefix + ".padded", List.of(map, pads));
        }
        String split = layers.reshape(prefix + ".split", map, 0, side, 2, side, 2, in);
        String squares = layers.transpose(prefix + ".squares", split, 0L, 1L, 3L, 4L, 2L, 5L);
        String merged = layers.reshape(prefix + ".merged", squares, 0, (long) side * side, 4L * in);
        String normal = layers.layerNorm(prefix + ".norm", merged, numerics.layerNormEpsilon());
        return layers.product(prefix + ".reduction", normal);
    }

    @Override
    public String classifier() {
        return "head";
    }

    private void normalize(
            Forward forward,
            Section section,
            String prefix,
            FloatArray x,
            FloatArray y,
            int side,
            int size) {
        section.task(
                "norm",
                LayerNorm::layerNorm,
                x,
                forward.weights().get(prefix + ".weight"),
                forward.weights().get(prefix + ".bias"),
                y,
                forward.batch() * side * side,
                size,
                numerics.layerNormEpsilon());
    }

    /** {@return rows, and columns, of a stage's map} */
    private int side(int stage) {
        int side = imageSize / patch;
        for (int i = 0; i < stage; i++) {
            side = (side + 1) / 2;
        }
        return side;
    }

    private int dim(int stage) {
        return dim << stage;
    }

    private List<WindowBlock> blocks(int stage) {
        List<WindowBlock> blocks = new ArrayList<>();
        for (int i = 0; i < stages.get(stage); i++) {
            blocks.add(
                    new WindowBlock(
                            "layers.%d.blocks.%d".formatted(stage, i),
                            side(stage),
                            dim(stage),
                            heads.get(stage),
                            window,
                            i % 2 == 1 ? window / 2 : 0,
                            (int) (dim(stage) * mlpRatio),
                            numerics.layerNormEpsilon()));
        }
        return blocks;
    }
}
