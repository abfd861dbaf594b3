package org.tornadovit.nn;

import static org.tornadovit.nn.Initialization.ONES;
import static org.tornadovit.nn.Initialization.TRUNCATED_NORMAL;
import static org.tornadovit.nn.Initialization.XAVIER_UNIFORM;
import static org.tornadovit.nn.Initialization.ZEROS;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tornadovit.io.InputException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A block of the encoder (Dosovitskiy et al. 2021, eq. 2 and 3):
 *
 * <pre>
 * z' = MSA(LN(z)) + z
 * z  = MLP(LN(z')) + z'
 * </pre>
 *
 * @param prefix start of its weights' names, such as {@code blocks.0}
 * @param dim features of a token
 * @param heads attention heads; divides {@code dim}
 * @param mlpDim hidden features of the MLP
 * @param tokens tokens of a sequence
 * @param gelu form of the activation
 * @param epsilon of the layer normalisations
 * @param positions whether attention sees relative positions
 */
public record TransformerBlock(
        String prefix,
        int dim,
        int heads,
        int mlpDim,
        int tokens,
        Gelu gelu,
        float epsilon,
        Positions positions) {

    /** What attention knows of positions. */
    public enum Positions {
        /** Nothing; the tokens carry theirs. */
        IN_TOKENS,
        /** The offset of each key from the query, by {@link Attention#addRelativeScores}. */
        RELATIVE
    }

    /** Checks that the heads divide the features. */
    public TransformerBlock {
        if (heads < 1 || dim % heads != 0) {
            throw new IllegalArgumentException(
                    "%d features cannot be split among %d heads.".formatted(dim, heads));
        }
    }

    /** {@return the weights in the order of the computation} */
    public List<WeightSpec> weights() {
        List<WeightSpec> weights = new ArrayList<>();
        weights.add(WeightSpec.parameter(prefix + ".norm1.weight", ONES, dim));
        weights.add(WeightSpec.parameter(prefix + ".norm1.bias", ZEROS, dim));
        weights.add(
                WeightSpec.parameter(prefix + ".attn.qkv.weight", XAVIER_UNIFORM, 3 * dim, dim));
        weights.add(WeightSpec.parameter(prefix + ".attn.qkv.bias", ZEROS, 3 * dim));
        if (positions == Positions.RELATIVE) {
            weights.add(
                    WeightSpec.parameter(
                            prefix + ".attn.rel_pos", TRUNCATED_NORMAL, 2 * tokens - 1, dim));
        }
        weights.add(WeightSpec.parameter(prefix + ".attn.proj.weight", XAVIER_UNIFORM, dim, dim));
        weights.add(WeightSpec.parameter(prefix + ".attn.proj.bias", ZEROS, dim));
        weights.add(WeightSpec.parameter(prefix + ".norm2.weight", ONES, dim));
        weights.add(WeightSpec.parameter(prefix + ".norm2.bias", ZEROS, dim));
        weights.add(WeightSpec.parameter(prefix + ".mlp.fc1.weight", XAVIER_UNIFORM, mlpDim, dim));
        weights.add(WeightSpec.parameter(prefix + ".mlp.fc1.bias", ZEROS, mlpDim));
        weights.add(WeightSpec.parameter(prefix + ".mlp.fc2.weight", XAVIER_UNIFORM, dim, mlpDim));
        weights.add(WeightSpec.parameter(prefix + ".mlp.fc2.bias", ZEROS, dim));
        return weights;
    }

    /** {@return multiply-accumulates of one sequence} */
    public long macs() {
        long projections = (long) tokens * (3L * dim * dim + (long) dim * dim);
        long attention = 2L * tokens * tokens * dim;
        long relative = positions == Positions.RELATIVE ? (long) tokens * tokens * dim : 0;
        return projections + attention + relative + 2L * tokens * dim * mlpDim;
    }

    /**
     * Writes the block as a section of its own.
     *
     * @param name name of the section and start of the intermediates' names
     * @param z float32 [batch, tokens, dim]
     * @param skipped share of the images that each of the two branches leaves out, in training
     * @return float32 [batch, tokens, dim], which may be the same array
     */
    public FloatArray forward(Forward forward, String name, FloatArray z, float skipped) {
        Section section = forward.section(name, Section.Part.ENCODER);
        FloatArray attended = attend(forward, section, name, z, skipped);
        int rows = forward.batch() * tokens;
        FloatArray normal = forward.intermediate(name + "_norm2", "normal", tokens, dim);
        FloatArray hidden = forward.intermediate(name + "_hidden", "hidden", tokens, mlpDim);
        FloatArray out = forward.intermediate(name, "tokens", tokens, dim);
        Weights weights = forward.weights();
        section.task(
                        "norm2",
                        LayerNorm::layerNorm,
                        attended,
                        weights.get(prefix + ".norm2.weight"),
                        weights.get(prefix + ".norm2.bias"),
                        normal,
                        rows,
                        dim,
                        epsilon)
                .adjoint(norm(weights, "norm2", attended, normal, rows));
        FloatArray w1 = weights.get(prefix + ".mlp.fc1.weight");
        FloatArray b1 = weights.get(prefix + ".mlp.fc1.bias");
        if (forward.isTraining()) {
            activate(forward, section, normal, w1, b1, hidden);
        } else {
            fused(section, normal, w1, b1, hidden, rows);
        }
        addLinear(forward, section, "fc2", "mlp.fc2", hidden, attended, out, mlpDim, skipped);
        return out;
    }

    /** {@code y = residual + x wᵀ + b}, with the noise of the pass in the branch. */
    private void addLinear(
            Forward forward,
            Section section,
            String id,
            String layer,
            FloatArray x,
            FloatArray residual,
            FloatArray y,
            int in,
            float skipped) {
        int rows = forward.batch() * tokens;
        FloatArray w = forward.weights().get(prefix + "." + layer + ".weight");
        FloatArray b = forward.weights().get(prefix + "." + layer + ".bias");
        if (forward.noise().dropout() == 0 && skipped == 0) {
            section.task(id, Linear::linearAdd, x, w, b, residual, y, rows, in, dim)
                    .macs(rows, in, dim)
                    .adjoint(LinearGradient.linearAdd(x, w, b, residual, y, rows, in, dim));
            return;
        }
        FloatArray branch = forward.scratch("branch", tokens, dim);
        section.task(id, Linear::linear, x, w, b, branch, rows, in, dim)
                .macs(rows, in, dim)
                .adjoint(LinearGradient.linear(x, w, b, branch, rows, in, dim));
        Dropout.add(forward, section, id, branch, residual, y, skipped);
    }

    private void fused(
            Section section,
            FloatArray normal,
            FloatArray w1,
            FloatArray b1,
            FloatArray hidden,
            int rows) {
        switch (gelu) {
            case ERF ->
                    section.task(
                            "fc1", Linear::linearGelu, normal, w1, b1, hidden, rows, dim, mlpDim);
            case TANH ->
                    section.task(
                            "fc1",
                            Linear::linearGeluTanh,
                            normal,
                            w1,
                            b1,
                            hidden,
                            rows,
                            dim,
                            mlpDim);
        }
        section.macs(rows, dim, mlpDim);
    }

    /** The linear layer and its activation in two tasks, so that what goes in is kept. */
    private void activate(
            Forward forward,
            Section section,
            FloatArray normal,
            FloatArray w1,
            FloatArray b1,
            FloatArray hidden) {
        int rows = forward.batch() * tokens;
        FloatArray before = forward.scratch("before", tokens, mlpDim);
        section.task("fc1", Linear::linear, normal, w1, b1, before, rows, dim, mlpDim)
                .macs(rows, dim, mlpDim)
                .adjoint(LinearGradient.linear(normal, w1, b1, before, rows, dim, mlpDim));
        int count = rows * mlpDim;
        switch (gelu) {
            case ERF -> section.task("gelu", Activation::gelu, before, hidden, count);
            case TANH -> section.task("gelu", Activation::geluTanh, before, hidden, count);
        }
        section.adjoint(Activation.gradient(gelu, before, hidden));
        Dropout.elements(forward, section, "gelu_drop", hidden);
    }

    private Adjoint norm(Weights weights, String norm, FloatArray x, FloatArray y, int rows) {
        return new LayerNormGradient(
                x,
                weights.get(prefix + "." + norm + ".weight"),
                weights.get(prefix + "." + norm + ".bias"),
                y,
                rows,
                dim,
                epsilon);
    }

    /**
     * Writes the block as ONNX operations.
     *
     * @param z float32 [batch, tokens, dim]
     * @return float32 [batch, tokens, dim]
     * @throws InputException when attention sees relative positions, which ONNX has no operation
     *     for
     */
    public String onnx(OnnxLayers layers, String z) {
        if (positions == Positions.RELATIVE) {
            throw new InputException(
                    "A model with relative positions cannot be exported to ONNX;"
                            + " position=1d and 2d can.");
        }
        String normal = layers.layerNorm(prefix + ".norm1", z, epsilon);
        String qkv = layers.linear(prefix + ".attn.qkv", normal);
        String mixed = OnnxAttention.write(layers, prefix + ".attn", qkv, heads, dim, a -> a);
        String projected = layers.linear(prefix + ".attn.proj", mixed);
        String attended = layers.add(prefix + ".attended", projected, z);
        return OnnxAttention.mlp(layers, prefix, attended, gelu, epsilon);
    }

    /** {@code z' = MSA(LN(z)) + z}. */
    private FloatArray attend(
            Forward forward, Section section, String name, FloatArray z, float skipped) {
        int batch = forward.batch();
        int rows = batch * tokens;
        int headDim = dim / heads;
        float scale = (float) (1.0 / Math.sqrt(headDim));
        FloatArray normal = forward.intermediate(name + "_norm1", "normal", tokens, dim);
        FloatArray qkv = forward.intermediate(name + "_qkv", "qkv", tokens, 3 * dim);
        FloatArray a = forward.intermediate(name + "_weights", "weights", heads, tokens, tokens);
        FloatArray mixed = forward.intermediate(name + "_heads", "heads", tokens, dim);
        FloatArray attended = forward.intermediate(name + "_attended", "attended", tokens, dim);
        Weights weights = forward.weights();
        FloatArray wqkv = weights.get(prefix + ".attn.qkv.weight");
        FloatArray bqkv = weights.get(prefix + ".attn.qkv.bias");
        Optional<FloatArray> offsets =
                positions == Positions.RELATIVE
                        ? Optional.of(weights.get(prefix + ".attn.rel_pos"))
                        : Optional.empty();
        AttentionGradient gradient =
                new AttentionGradient(qkv, offsets, a, mixed, batch, tokens, heads, headDim, scale);
        section.task(
                        "norm1",
                        LayerNorm::layerNorm,
                        z,
                        weights.get(prefix + ".norm1.weight"),
                        weights.get(prefix + ".norm1.bias"),
                        normal,
                        rows,
                        dim,
                        epsilon)
                .adjoint(norm(weights, "norm1", z, normal, rows));
        section.task("qkv", Linear::linear, normal, wqkv, bqkv, qkv, rows, dim, 3 * dim)
                .macs(rows, dim, 3 * dim)
                .adjoint(LinearGradient.linear(normal, wqkv, bqkv, qkv, rows, dim, 3 * dim));
        section.task("scores", Attention::scores, qkv, a, batch, tokens, heads, headDim, scale)
                .macs(rows, tokens, dim)
                .adjoint(gradient.scores());
        offsets.ifPresent(table ->
                section.task(
                                "relative",
                                Attention::addRelativeScores,
                                qkv,
                                table,
                                a,
                                batch,
                                tokens,
                                heads,
                                headDim,
                                scale)
                        .macs(rows, tokens, dim)
                        .adjoint(gradient.relativeScores(table)));
        section.task("softmax", Attention::softmax, a, batch * heads * tokens, tokens)
                .adjoint(gradient.softmax());
        section.task(
                        "weighted",
                        Attention::weightedSum,
                        a,
                        qkv,
                        mixed,
                        batch,
                        tokens,
                        heads,
                        headDim)
                .macs(rows, tokens, dim)
                .adjoint(gradient.weightedSum());
        addLinear(forward, section, "proj", "attn.proj", mixed, z, attended, dim, skipped);
        return attended;
    }
}
