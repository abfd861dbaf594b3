package org.tornadovit.nn;

import static org.tornadovit.nn.Initialization.ONES;
import static org.tornadovit.nn.Initialization.TRUNCATED_NORMAL;
import static org.tornadovit.nn.Initialization.XAVIER_UNIFORM;
import static org.tornadovit.nn.Initialization.ZEROS;

import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A block of a Swin Transformer (Liu et al. 2021, eq. 3 and 4): attention within windows, which
 * every other block shifts, with a learned bias for each offset within a window.
 *
 * <p>Tokens that share a shifted window without being neighbours do not see each other: -100 is
 * added to their scores, as the official code does.
 *
 * @param prefix start of its weights' names, such as {@code layers.0.blocks.1}
 * @param side rows, and columns, of the map of tokens
 * @param dim features of a token
 * @param heads attention heads; divides {@code dim}
 * @param window side of a window
 * @param shift rows and columns by which the windows are shifted; 0 where one window spans the map
 * @param mlpDim hidden features of the MLP
 * @param epsilon of the layer normalisations
 */
public record WindowBlock(
        String prefix,
        int side,
        int dim,
        int heads,
        int window,
        int shift,
        int mlpDim,
        float epsilon) {
    private static final float HIDDEN = -100.0f;

    /** Checks the sizes; a shift is dropped where one window spans the map. */
    public WindowBlock {
        if (heads < 1 || dim % heads != 0) {
            throw new IllegalArgumentException(
                    "%d features cannot be split among %d heads.".formatted(dim, heads));
        }
        if (window < 1 || side < 1) {
            throw new IllegalArgumentException(
                    "A window of %d cannot walk a map of %d.".formatted(window, side));
        }
        shift = window >= side ? 0 : shift;
    }

    /** {@return the weights in the order of the computation} */
    public List<WeightSpec> weights() {
        int offsets = (2 * window - 1) * (2 * window - 1);
        return List.of(
                WeightSpec.parameter(prefix + ".norm1.weight", ONES, dim),
                WeightSpec.parameter(prefix + ".norm1.bias", ZEROS, dim),
                WeightSpec.parameter(
                        prefix + ".attn.relative_position_bias_table",
                        TRUNCATED_NORMAL,
                        offsets,
                        heads),
                WeightSpec.parameter(prefix + ".attn.qkv.weight", XAVIER_UNIFORM, 3 * dim, dim),
                WeightSpec.parameter(prefix + ".attn.qkv.bias", ZEROS, 3 * dim),
                WeightSpec.parameter(prefix + ".attn.proj.weight", XAVIER_UNIFORM, dim, dim),
                WeightSpec.parameter(prefix + ".attn.proj.bias", ZEROS, dim),
                WeightSpec.parameter(prefix + ".norm2.weight", ONES, dim),
                WeightSpec.parameter(prefix + ".norm2.bias", ZEROS, dim),
                WeightSpec.parameter(prefix + ".mlp.fc1.weight", XAVIER_UNIFORM, mlpDim, dim),
                WeightSpec.parameter(prefix + ".mlp.fc1.bias", ZEROS, mlpDim),
                WeightSpec.parameter(prefix + ".mlp.fc2.weight", XAVIER_UNIFORM, dim, mlpDim),
                WeightSpec.parameter(prefix + ".mlp.fc2.bias", ZEROS, dim));
    }

    /** {@return multiply-accumulates of one image} */
    public long macs() {
        long inWindows = (long) padded() * padded();
        long attention = inWindows * (4L * dim * dim + 2L * window * window * dim);
        return attention + 2L * side * side * dim * mlpDim;
    }

    /**
     * Writes the block as a section of its own.
     *
     * @param name name of the section and start of the intermediates' names
     * @param z float32 [batch, side, side, dim]
     * @return float32 [batch, side, side, dim], which may be the same array
     */
    public FloatArray forward(Forward forward, String name, FloatArray z) {
        Section section = forward.section(name, Section.Part.ENCODER);
        FloatArray attended = attend(forward, section, name, z);
        int rows = forward.batch() * side * side;
        FloatArray normal = forward.scratch("normal", side, side, dim);
        FloatArray hidden = forward.scratch("hidden", side, side, mlpDim);
        FloatArray out = forward.intermediate(name, "tokens", side, side, dim);
        normalize(forward, section, "norm2", attended, normal);
        section.task(
                        "fc1",
                        Linear::linearGelu,
                        normal,
                        weight(forward, "mlp.fc1.weight"),
                        weight(forward, "mlp.fc1.bias"),
                        hidden,
                        rows,
                        dim,
                        mlpDim)
                .macs(rows, dim, mlpDim);
        section.task(
                        "fc2",
                        Linear::linearAdd,
                        hidden,
                        weight(forward, "mlp.fc2.weight"),
                        weight(forward, "mlp.fc2.bias"),
                        attended,
                        out,
                        rows,
                        mlpDim,
                        dim)
                .macs(rows, mlpDim, dim);
        return out;
    }

    /**
     * Writes the block as ONNX operations.
     *
     * @param z float32 [batch, side · side, dim]
     * @return float32 [batch, side · side, dim]
     */
    public String onnx(OnnxLayers layers, String z) {
        int padded = padded();
        int across = padded / window;
        String name = prefix + ".attn";
        String normal = layers.layerNorm(prefix + ".norm1", z, epsilon);
        String map = layers.reshape(name + ".map", normal, 0, side, side, dim);
        map = OnnxWindows.pad(layers, name + ".padded", map, side, padded);
        map = OnnxWindows.roll(layers, name + ".rolled", map, shift);
        String windows = OnnxWindows.cut(layers, name + ".windows", map, across, window, dim);
        String qkv = layers.linear(name + ".qkv", windows);
        String mixed =
                OnnxAttention.write(
                        layers, name, qkv, heads, dim, scores -> biased(layers, scores));
        String projected = layers.linear(name + ".proj", mixed);
        map = OnnxWindows.join(layers, name + ".join", projected, across, window, dim);
        map = OnnxWindows.roll(layers, name + ".unrolled", map, (padded - shift) % padded);
        map = OnnxWindows.crop(layers, name + ".cropped", map, side, padded);
        String tokens = layers.reshape(name + ".tokens", map, 0, (long) side * side, dim);
        String attended = layers.add(prefix + ".attended", tokens, z);
        return OnnxAttention.mlp(layers, prefix, attended, Gelu.ERF, epsilon);
    }

    /** The bias of a window is the same for every image. */
    private String biased(OnnxLayers layers, String scores) {
        long windows = (long) (padded() / window) * (padded() / window);
        long tokens = (long) window * window;
        String name = prefix + ".attn.relative_position_bias";
        String split =
                layers.reshape(scores + ".windows", scores, -1, windows, heads, tokens, tokens);
        String bias =
                layers.floats(
                        name,
                        List.of(windows, (long) heads, tokens, tokens),
                        bias(layers.weights()));
        String sum = layers.add(name + ".sum", split, bias);
        return layers.reshape(name + ".scores", sum, -1, heads, tokens, tokens);
    }

    private FloatArray attend(Forward forward, Section section, String name, FloatArray z) {
        int batch = forward.batch();
        int padded = padded();
        int windows = (padded / window) * (padded / window);
        int tokens = window * window;
        int rows = batch * windows * tokens;
        int headDim = dim / heads;
        float scale = (float) (1.0 / Math.sqrt(headDim));
        FloatArray normal = forward.scratch("normal", side, side, dim);
        FloatArray cut = forward.scratch("windows", padded, padded, dim);
        FloatArray qkv = forward.scratch("qkv", padded, padded, 3 * dim);
        FloatArray a = forward.scratch("weights", windows, heads, tokens, tokens);
        FloatArray mixed = forward.scratch("heads", padded, padded, dim);
        FloatArray out = forward.intermediate(name + "_attended", "attended", side, side, dim);
        normalize(forward, section, "norm1", z, normal);
        section.task(
                "cut",
                Windows::cut,
                normal,
                cut,
                batch,
                side,
                side,
                dim,
                window,
                shift,
                shift,
                padded,
                padded);
        section.task(
                        "qkv",
                        Linear::linear,
                        cut,
                        weight(forward, "attn.qkv.weight"),
                        weight(forward, "attn.qkv.bias"),
                        qkv,
                        rows,
                        dim,
                        3 * dim)
                .macs(rows, dim, 3 * dim);
        section.task(
                        "scores",
                        Attention::scores,
                        qkv,
                        a,
                        batch * windows,
                        tokens,
                        heads,
                        headDim,
                        scale)
                .macs(rows, tokens, dim);
        section.task(
                "bias",
                Windows::addBias,
                a,
                bias(forward.weights()),
                batch,
                windows,
                heads,
                tokens);
        section.task("softmax", Attention::softmax, a, batch * windows * heads * tokens, tokens);
        section.task(
                        "weighted",
                        Attention::weightedSum,
                        a,
                        qkv,
                        mixed,
                        batch * windows,
                        tokens,
                        heads,
                        headDim)
                .macs(rows, tokens, dim);
        section.task(
                        "proj",
                        Linear::linear,
                        mixed,
                        weight(forward, "attn.proj.weight"),
                        weight(forward, "attn.proj.bias"),
                        cut,
                        rows,
                        dim,
                        dim)
                .macs(rows, dim, dim);
        section.task(
                "join",
                Windows::joinAdd,
                cut,
                z,
                out,
                batch,
                side,
                side,
                dim,
                window,
                shift,
                shift,
                padded,
                padded);
        return out;
    }

    private void normalize(
            Forward forward, Section section, String norm, FloatArray x, FloatArray y) {
        section.task(
                norm,
                LayerNorm::layerNorm,
                x,
                weight(forward, norm + ".weight"),
                weight(forward, norm + ".bias"),
                y,
                forward.batch() * side * side,
                dim,
                epsilon);
    }

    private FloatArray weight(Forward forward, String key) {
        return forward.weights().get(prefix + "." + key);
    }

    /** {@return the side of the map, rounded up to whole windows} */
    private int padded() {
        return Math.ceilDiv(side, window) * window;
    }

    /** The bias of every window, float32 [windows, heads, tokens, tokens]: offsets and the mask. */
    private FloatArray bias(Weights weights) {
        String key = prefix + ".attn.relative_position_bias_table";
        return weights.derived(
                "%s in windows of %d and %d".formatted(key, padded(), shift),
                () -> Weights.array(bias(weights.get(key))));
    }

    private float[] bias(FloatArray table) {
        int across = padded() / window;
        int tokens = window * window;
        float[] bias = new float[across * across * heads * tokens * tokens];
        int at = 0;
        for (int w = 0; w < across * across; w++) {
            for (int h = 0; h < heads; h++) {
                for (int i = 0; i < tokens; i++) {
                    for (int j = 0; j < tokens; j++) {
                        int rows = i / window - j / window + window - 1;
                        int columns = i % window - j % window + window - 1;
                        int offset = rows * (2 * window - 1) + columns;
                        boolean together = region(w, i) == region(w, j);
                        bias[at++] = table.get(offset * heads + h) + (together ? 0 : HIDDEN);
                    }
                }
            }
        }
        return bias;
    }

    /** The part of the map, before it was rolled, that a token of a window comes from. */
    private int region(int index, int token) {
        int across = padded() / window;
        int row = index / across * window + token / window;
        int column = index % across * window + token % window;
        return 3 * band(row) + band(column);
    }

    private int band(int position) {
        if (shift == 0 || position < padded() - window) {
            return 0;
        }
        return position < padded() - shift ? 1 : 2;
    }
}
