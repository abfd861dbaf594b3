package org.tornadovit.nn;

import java.util.List;
import java.util.function.UnaryOperator;
import org.tornadovit.io.onnx.Attribute;
import org.tornadovit.io.onnx.OnnxGraph;

/** What the blocks of transformers have in common, as ONNX operations. */
final class OnnxAttention {
    private OnnxAttention() {}

    /**
     * Attention of every token to every token of its sequence, {@code softmax(bias(q kᵀ / √d)) v}.
     *
     * @param prefix start of the operations' names
     * @param qkv float32 [sequences, tokens, 3 · dim]
     * @param bias from scores, float32 [sequences, heads, tokens, tokens], to biased ones
     * @return float32 [sequences, tokens, dim]
     */
    static String write(
            OnnxLayers layers,
            String prefix,
            String qkv,
            int heads,
            int dim,
            UnaryOperator<String> bias) {
        OnnxGraph graph = layers.graph();
        int headDim = dim / heads;
        List<String> parts =
                graph.add(
                        "Split",
                        prefix + ".split",
                        List.of(qkv, graph.wholes("split." + dim, dim, dim, dim)),
                        List.of(prefix + ".q", prefix + ".k", prefix + ".v"),
                        Attribute.of("axis", -1L));
        String q = byHead(layers, parts.get(0), heads, headDim, 0L, 2L, 1L, 3L);
        String k = byHead(layers, parts.get(1), heads, headDim, 0L, 2L, 3L, 1L);
        String v = byHead(layers, parts.get(2), heads, headDim, 0L, 2L, 1L, 3L);
        String scale = graph.scalar("scale." + headDim, (float) (1.0 / Math.sqrt(headDim)));
        String products = graph.add("MatMul", prefix + ".products", List.of(q, k));
        String scores = graph.add("Mul", prefix + ".scores", List.of(products, scale));
        String weights =
                graph.add(
                        "Softmax",
                        prefix + ".weights",
                        List.of(bias.apply(scores)),
                        Attribute.of("axis", -1L));
        String mixed = graph.add("MatMul", prefix + ".mixed", List.of(weights, v));
        String joined = layers.transpose(prefix + ".joined", mixed, 0L, 2L, 1L, 3L);
        return layers.reshape(prefix + ".heads", joined, 0, 0, dim);
    }

    private static String byHead(
            OnnxLayers layers, String x, int heads, int headDim, Long... order) {
        String split = layers.reshape(x + ".split", x, 0, 0, heads, headDim);
        return layers.transpose(x + ".heads", split, order);
    }

    /** {@code MLP(LN(z)) + z}. */
    static String mlp(OnnxLayers layers, String prefix, String z, Gelu gelu, float epsilon) {
        String normal = layers.layerNorm(prefix + ".norm2", z, epsilon);
        String hidden = layers.linear(prefix + ".mlp.fc1", normal);
        String active = gelu.onnx(layers, prefix + ".mlp.act", hidden);
        String projected = layers.linear(prefix + ".mlp.fc2", active);
        return layers.add(prefix, projected, z);
    }
}
