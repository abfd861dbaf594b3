package org.tornadovit.models;

import static org.tornadovit.nn.Initialization.ONES;
import static org.tornadovit.nn.Initialization.TRUNCATED_NORMAL;
import static org.tornadovit.nn.Initialization.XAVIER_UNIFORM;
import static org.tornadovit.nn.Initialization.ZEROS;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tornadovit.io.onnx.Attribute;
import org.tornadovit.io.onnx.OnnxGraph;
import org.tornadovit.models.VitConfiguration.Pool;
import org.tornadovit.models.VitConfiguration.Position;
import org.tornadovit.models.VitConfiguration.Representation;
import org.tornadovit.nn.Dropout;
import org.tornadovit.nn.Forward;
import org.tornadovit.nn.Forward.Capture;
import org.tornadovit.nn.GridPositions;
import org.tornadovit.nn.LayerNorm;
import org.tornadovit.nn.LayerNormGradient;
import org.tornadovit.nn.Linear;
import org.tornadovit.nn.LinearGradient;
import org.tornadovit.nn.Noise;
import org.tornadovit.nn.OnnxLayers;
import org.tornadovit.nn.Patches;
import org.tornadovit.nn.PatchesGradient;
import org.tornadovit.nn.Pooling;
import org.tornadovit.nn.PoolingGradient;
import org.tornadovit.nn.Section;
import org.tornadovit.nn.TransformerBlock;
import org.tornadovit.nn.WeightSpec;
import org.tornadovit.nn.Weights;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The Vision Transformer (<a href="https://arxiv.org/abs/2010.11929">Dosovitskiy et al. 2021</a>)
 * and, with a {@link ResNetStem}, its hybrid:
 *
 * <pre>
 * z = [class; E x] + positions      (1)
 * z = block(z), depth times         (2, 3)
 * y = LN(z)[class]                  (4)
 * </pre>
 *
 * @param name such as {@code ViT-B/16} or {@code R50+B/16}
 * @param configuration sizes
 * @param numerics conventions
 */
public record Vit(String name, VitConfiguration configuration, Numerics numerics) implements Model {

    @Override
    public int imageSize() {
        return configuration.imageSize();
    }

    @Override
    public int channels() {
        return configuration.channels();
    }

    @Override
    public int classes() {
        return configuration.classes();
    }

    @Override
    public int featureSize() {
        return configuration.dim();
    }

    @Override
    public Vit withImageSize(int imageSize) {
        return new Vit(name, configuration.withImageSize(imageSize), numerics);
    }

    @Override
    public Vit withClasses(int classes) {
        return new Vit(name, configuration.withClasses(classes), numerics);
    }

    @Override
    public Vit withNumerics(Numerics other) {
        return new Vit(name, configuration, other);
    }

    /** {@return this with another configuration} */
    public Vit withConfiguration(VitConfiguration other) {
        return new Vit(name, other, numerics);
    }

    @Override
    public Optional<PositionGrid> positionGrid() {
        int side = configuration.side();
        return configuration.position() == Position.LEARNED_1D
                ? Optional.of(
                        new PositionGrid(
                                "pos_embed",
                                configuration.leading(),
                                side,
                                side,
                                configuration.dim()))
                : Optional.empty();
    }

    @Override
    public List<WeightSpec> weights() {
        int dim = configuration.dim();
        int side = configuration.side();
        List<WeightSpec> weights = new ArrayList<>();
        if (configuration.pooling() == Pool.CLASS_TOKEN) {
            weights.add(WeightSpec.parameter("cls_token", ZEROS, 1, 1, dim));
        }
        switch (configuration.position()) {
            case LEARNED_1D ->
                    weights.add(
                            WeightSpec.parameter(
                                    "pos_embed", TRUNCATED_NORMAL, 1, configuration.tokens(), dim));
            case LEARNED_2D -> {
                weights.add(
                        WeightSpec.parameter("pos_embed.rows", TRUNCATED_NORMAL, side, dim / 2));
                weights.add(
                        WeightSpec.parameter("pos_embed.columns", TRUNCATED_NORMAL, side, dim / 2));
            }
            case NONE, RELATIVE -> {}
        }
        weights.addAll(configuration.stem().weights(configuration.channels(), dim));
        blocks().forEach(block -> weights.addAll(block.weights()));
        weights.add(WeightSpec.parameter("norm.weight", ONES, dim));
        weights.add(WeightSpec.parameter("norm.bias", ZEROS, dim));
        if (configuration.representation() == Representation.TANH) {
            weights.add(WeightSpec.parameter("pre_logits.fc.weight", XAVIER_UNIFORM, dim, dim));
            weights.add(WeightSpec.parameter("pre_logits.fc.bias", ZEROS, dim));
        }
        if (classes() > 0) {
            weights.add(WeightSpec.parameter("head.weight", TRUNCATED_NORMAL, classes(), dim));
            weights.add(WeightSpec.parameter("head.bias", ZEROS, classes()));
        }
        return weights;
    }

    @Override
    public Macs macs() {
        long dim = configuration.dim();
        long preLogits = configuration.representation() == Representation.TANH ? dim * dim : 0;
        return new Macs(
                configuration.stem().macs(imageSize(), channels(), configuration.dim()),
                blocks().stream().mapToLong(TransformerBlock::macs).sum(),
                preLogits + dim * classes());
    }

    @Override
    public BuiltModel build(int batch, Weights weights, Capture capture, Noise noise) {
        Forward forward =
                new Forward(batch, channels() * imageSize() * imageSize(), weights, capture, noise);
        FloatArray z = embed(forward);
        List<TransformerBlock> blocks = blocks();
        for (int i = 0; i < blocks.size(); i++) {
            float skipped = noise.depth(i, blocks.size());
            z = blocks.get(i).forward(forward, "block" + i, z, skipped);
        }
        return head(forward, z);
    }

    /** Eq. 1: {@code z = [class; E x] + positions}. */
    private FloatArray embed(Forward forward) {
        int dim = configuration.dim();
        int tokens = configuration.tokens();
        int leading = configuration.leading();
        int batch = forward.batch();
        Stem.Embedding embedding =
                configuration.stem().forward(forward, imageSize(), channels(), dim, numerics);
        FloatArray positions = positions(forward, embedding.section());
        FloatArray z = forward.intermediate("encoder_in", "tokens", tokens, dim);
        Section section = embedding.section();
        section.task(
                        "patches",
                        Patches::placePatches,
                        embedding.patches(),
                        positions,
                        z,
                        batch,
                        tokens - leading,
                        leading,
                        dim)
                .adjoint(
                        PatchesGradient.placePatches(
                                embedding.patches(),
                                positions,
                                z,
                                batch,
                                tokens - leading,
                                leading,
                                dim));
        if (configuration.pooling() == Pool.CLASS_TOKEN) {
            FloatArray token = forward.weights().get("cls_token");
            section.task(
                            "class_token",
                            Patches::placeClassToken,
                            token,
                            positions,
                            z,
                            batch,
                            tokens,
                            dim)
                    .adjoint(
                            PatchesGradient.placeClassToken(
                                    token, positions, z, batch, tokens, dim));
        }
        Dropout.elements(forward, section, "drop", z);
        return z;
    }

    /** Eq. 4, pooling and classifier. */
    private BuiltModel head(Forward forward, FloatArray z) {
        int dim = configuration.dim();
        int tokens = configuration.tokens();
        int batch = forward.batch();
        Weights weights = forward.weights();
        Section section = forward.section("head", Section.Part.HEAD);
        FloatArray normal = forward.intermediate("norm", "normal", tokens, dim);
        section.task(
                        "norm",
                        LayerNorm::layerNorm,
                        z,
                        weights.get("norm.weight"),
                        weights.get("norm.bias"),
                        normal,
                        batch * tokens,
                        dim,
                        numerics.layerNormEpsilon())
                .adjoint(
                        new LayerNormGradient(
                                z,
                                weights.get("norm.weight"),
                                weights.get("norm.bias"),
                                normal,
                                batch * tokens,
                                dim,
                                numerics.layerNormEpsilon()));
        boolean direct = configuration.representation() == Representation.DIRECT;
        FloatArray pooled =
                direct ? forward.result("features", dim) : forward.scratch("pooled", dim);
        switch (configuration.pooling()) {
            case CLASS_TOKEN ->
                    section.task("pool", Pooling::first, normal, pooled, batch, tokens, dim)
                            .adjoint(PoolingGradient.ofFirst(normal, pooled, batch, tokens, dim));
            case AVERAGE ->
                    section.task("pool", Pooling::average, normal, pooled, batch, tokens, dim)
                            .adjoint(PoolingGradient.ofAverage(normal, pooled, batch, tokens, dim));
        }
        FloatArray features = direct ? pooled : forward.result("features", dim);
        if (!direct) {
            section.task(
                            "pre_logits",
                            Linear::linearTanh,
                            pooled,
                            weights.get("pre_logits.fc.weight"),
                            weights.get("pre_logits.fc.bias"),
                            features,
                            batch,
                            dim,
                            dim)
                    .macs(batch, dim, dim)
                    .adjoint(
                            LinearGradient.linearTanh(
                                    pooled,
                                    weights.get("pre_logits.fc.weight"),
                                    weights.get("pre_logits.fc.bias"),
                                    features,
                                    batch,
                                    dim,
                                    dim));
        }
        return new BuiltModel(this, forward, features, classify(forward, section, features));
    }

    @Override
    public String onnxFeatures(OnnxLayers layers, String image) {
        int dim = configuration.dim();
        OnnxGraph graph = layers.graph();
        String map = configuration.stem().onnx(layers, image, imageSize(), numerics);
        String flat = layers.reshape("patch_embed.flat", map, 0, dim, -1);
        String z = layers.transpose("patch_embed", flat, 0L, 2L, 1L);
        if (configuration.pooling() == Pool.CLASS_TOKEN) {
            String batch =
                    graph.add(
                            "Shape",
                            "batch",
                            List.of(image),
                            Attribute.of("start", 0L),
                            Attribute.of("end", 1L));
            String shape =
                    graph.add(
                            "Concat",
                            "cls_token.shape",
                            List.of(batch, graph.wholes("cls_token.extents", 1, dim)),
                            Attribute.of("axis", 0L));
            String token = layers.weight("cls_token");
            String tokens = graph.add("Expand", "cls_token.batch", List.of(token, shape));
            z = graph.add("Concat", "tokens", List.of(tokens, z), Attribute.of("axis", 1L));
        }
        if (configuration.position() != Position.NONE) {
            List<Long> shape = List.of(1L, (long) configuration.tokens(), (long) dim);
            String positions = layers.floats("pos_embed", shape, positions(layers.weights()));
            z = layers.add("encoder_in", z, positions);
        }
        for (TransformerBlock block : blocks()) {
            z = block.onnx(layers, z);
        }
        String normal = layers.layerNorm("norm", z, numerics.layerNormEpsilon());
        boolean direct = configuration.representation() == Representation.DIRECT;
        String name = direct ? "features" : "pooled";
        String pooled =
                switch (configuration.pooling()) {
                    case CLASS_TOKEN ->
                            graph.add(
                                    "Gather",
                                    name,
                                    List.of(normal, graph.whole("first", 0)),
                                    Attribute.of("axis", 1L));
                    case AVERAGE -> layers.averageTokens(name, normal);
                };
        return direct
                ? pooled
                : graph.add(
                        "Tanh",
                        "features",
                        List.of(layers.dense("pre_logits", "pre_logits.fc", pooled)));
    }

    @Override
    public String classifier() {
        return "head";
    }

    private FloatArray classify(Forward forward, Section section, FloatArray features) {
        return Classifier.forward(
                forward, section, classifier(), features, configuration.dim(), classes());
    }

    private List<TransformerBlock> blocks() {
        List<TransformerBlock> blocks = new ArrayList<>();
        for (int i = 0; i < configuration.depth(); i++) {
            blocks.add(
                    new TransformerBlock(
                            "blocks." + i,
                            configuration.dim(),
                            configuration.heads(),
                            configuration.mlpDim(),
                            configuration.tokens(),
                            numerics.gelu(),
                            numerics.layerNormEpsilon(),
                            configuration.blockPositions()));
        }
        return blocks;
    }

    /**
     * {@link #positions(Weights)} for a pass; while they are learned, by a task of {@code section}.
     */
    private FloatArray positions(Forward forward, Section section) {
        if (!forward.isTraining() || configuration.position() != Position.LEARNED_2D) {
            return positions(forward.weights());
        }
        int half = configuration.dim() / 2;
        int side = configuration.side();
        int leading = configuration.leading();
        FloatArray rows = forward.weights().get("pos_embed.rows");
        FloatArray columns = forward.weights().get("pos_embed.columns");
        FloatArray table = forward.own(configuration.tokens() * configuration.dim());
        section.task("positions", GridPositions::table, rows, columns, table, side, leading, half)
                .adjoint(GridPositions.gradient(rows, columns, table, side, leading, half));
        return table;
    }

    /** The position of every token, float32 [tokens, dim], whatever its embedding is made of. */
    private FloatArray positions(Weights weights) {
        int dim = configuration.dim();
        int side = configuration.side();
        return switch (configuration.position()) {
            case LEARNED_1D -> weights.get("pos_embed");
            case NONE, RELATIVE ->
                    weights.derived(
                            "no positions", () -> new FloatArray(configuration.tokens() * dim));
            case LEARNED_2D ->
                    weights.derived(
                            "pos_embed of rows and columns",
                            () -> {
                                FloatArray rows = weights.get("pos_embed.rows");
                                FloatArray columns = weights.get("pos_embed.columns");
                                int half = dim / 2;
                                float[] table = new float[configuration.tokens() * dim];
                                for (int p = 0; p < side * side; p++) {
                                    int at = (configuration.leading() + p) * dim;
                                    for (int k = 0; k < half; k++) {
                                        table[at + k] = columns.get(p % side * half + k);
                                        table[at + half + k] = rows.get(p / side * half + k);
                                    }
                                }
                                return Weights.array(table);
                            });
        };
    }
}
