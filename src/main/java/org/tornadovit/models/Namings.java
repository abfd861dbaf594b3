package org.tornadovit.models;

import static org.tornadovit.models.Layout.FLAT;
import static org.tornadovit.models.Layout.HWIO;
import static org.tornadovit.models.Layout.SAME;
import static org.tornadovit.models.Layout.TRANSPOSED;
import static org.tornadovit.models.Naming.same;

import java.util.ArrayList;
import java.util.List;
import org.tornadovit.models.Naming.Rule;

/** The namings of timm, torchvision, Hugging Face, the official ViT code and Big Transfer. */
final class Namings {
    private static final String UNIT =
            "(?:patch_embed\\.backbone\\.)?stages\\.(\\d+)\\.blocks\\.(\\d+)\\.";

    /** Canonical names are timm's. */
    static final Naming TIMM =
            new Naming(
                    "timm",
                    List.of("", "module.", "model."),
                    Numerics.TIMM,
                    List.of(
                            same("pre_logits\\.fc\\.(.*)", "pre_logits.fc.{1}"),
                            same("(.*)", "{1}"),
                            same("head\\.fc\\.(.*)", "head.{1}"),
                            same("head\\.(.*)", "head.fc.{1}")));

    static final Naming TORCHVISION =
            new Naming(
                    "torchvision",
                    List.of("", "module.", "model."),
                    Numerics.TORCHVISION,
                    List.of(
                            same("cls_token", "class_token"),
                            same("pos_embed", "encoder.pos_embedding"),
                            same("patch_embed\\.proj\\.(.*)", "conv_proj.{1}"),
                            same("blocks\\.(\\d+)\\.norm([12])\\.(.*)", layer("ln_{2}.{3}")),
                            same(
                                    "blocks\\.(\\d+)\\.attn\\.qkv\\.(.*)",
                                    layer("self_attention.in_proj_{2}")),
                            same(
                                    "blocks\\.(\\d+)\\.attn\\.proj\\.(.*)",
                                    layer("self_attention.out_proj.{2}")),
                            same("blocks\\.(\\d+)\\.mlp\\.fc1\\.(.*)", layer("mlp.0.{2}")),
                            same("blocks\\.(\\d+)\\.mlp\\.fc2\\.(.*)", layer("mlp.3.{2}")),
                            same("blocks\\.(\\d+)\\.mlp\\.fc1\\.(.*)", layer("mlp.linear_1.{2}")),
                            same("blocks\\.(\\d+)\\.mlp\\.fc2\\.(.*)", layer("mlp.linear_2.{2}")),
                            same("norm\\.(.*)", "encoder.ln.{1}"),
                            same("pre_logits\\.fc\\.(.*)", "heads.pre_logits.{1}"),
                            same("head\\.(.*)", "heads.head.{1}"),
                            same("((?:conv1|bn1|layer\\d+\\.|fc).*)", "{1}"),
                            same("patch_embed\\.proj\\.(.*)", "features.0.0.{1}"),
                            same("patch_embed\\.norm\\.(.*)", "features.0.2.{1}"),
                            same(
                                    "layers\\.(\\d+)\\.blocks\\.(\\d+)\\.mlp\\.fc1\\.(.*)",
                                    "features.{2*1+1}.{2}.mlp.0.{3}"),
                            same(
                                    "layers\\.(\\d+)\\.blocks\\.(\\d+)\\.mlp\\.fc2\\.(.*)",
                                    "features.{2*1+1}.{2}.mlp.3.{3}"),
                            same(
                                    "layers\\.(\\d+)\\.blocks\\.(\\d+)\\.(.*)",
                                    "features.{2*1+1}.{2}.{3}"),
                            same("layers\\.(\\d+)\\.downsample\\.(.*)", "features.{2*1}.{2}"),
                            same("((?:norm|head)\\..*)", "{1}")));

    static final Naming HUGGING_FACE =
            new Naming(
                    "Hugging Face",
                    List.of("", "module.", "model."),
                    Numerics.HUGGING_FACE,
                    Naming.join(
                            huggingFaceVit("vit."),
                            huggingFaceVit(""),
                            huggingFaceBit("vit.embeddings.patch_embeddings.backbone.bit."),
                            huggingFaceBit("embeddings.patch_embeddings.backbone.bit."),
                            huggingFaceBit("bit."),
                            huggingFaceBit(""),
                            huggingFaceSwin("swin."),
                            huggingFaceSwin(""),
                            huggingFaceResNet("resnet."),
                            huggingFaceResNet(""),
                            List.of(
                                    same("head\\.(?:fc\\.)?(weight|bias)", "classifier.{1}"),
                                    same("head\\.fc\\.(.*)", "classifier.1.{1}"),
                                    same("fc\\.(.*)", "classifier.1.{1}"))));

    static final Naming JAX =
            new Naming(
                    "the official ViT code",
                    List.of("", "opt/target/", "params/", "target/"),
                    Numerics.JAX,
                    Naming.join(
                            List.of(
                                    same("cls_token", "cls"),
                                    same("pos_embed", "Transformer/posembed_input/pos_embedding"),
                                    same("pos_embed", "pos_embedding"),
                                    Rule.of(
                                            "patch_embed\\.proj\\.weight",
                                            HWIO,
                                            "embedding/kernel"),
                                    same("patch_embed\\.proj\\.bias", "embedding/bias"),
                                    same("norm\\.weight", "Transformer/encoder_norm/scale"),
                                    same("norm\\.bias", "Transformer/encoder_norm/bias"),
                                    Rule.of(
                                            "pre_logits\\.fc\\.weight",
                                            TRANSPOSED,
                                            "pre_logits/kernel"),
                                    same("pre_logits\\.fc\\.bias", "pre_logits/bias"),
                                    Rule.of("head\\.weight", TRANSPOSED, "head/kernel"),
                                    same("head\\.bias", "head/bias")),
                            jaxBlock(
                                    "Transformer/encoderblock_{1}/",
                                    "",
                                    List.of("LayerNorm_0", "LayerNorm_2"),
                                    "MultiHeadDotProductAttention_1",
                                    "MlpBlock_3"),
                            jaxBlock(
                                    "Transformer/encoderblock_{1}/",
                                    "",
                                    List.of("LayerNorm_0", "LayerNorm_1"),
                                    "MultiHeadDotProductAttention_0",
                                    "MlpBlock_0"),
                            jaxBlock(
                                    "Transformer/encoderblock/",
                                    "#{1}",
                                    List.of("LayerNorm_0", "LayerNorm_1"),
                                    "MultiHeadDotProductAttention_0",
                                    "MlpBlock_0"),
                            jaxStem()));

    static final Naming BIG_TRANSFER =
            new Naming(
                    "Big Transfer",
                    List.of("resnet/", ""),
                    Numerics.BIT,
                    List.of(
                            Rule.of(
                                    "stem\\.conv\\.weight",
                                    HWIO,
                                    "root_block/standardized_conv2d/kernel"),
                            Rule.of(
                                    UNIT + "conv1\\.weight",
                                    HWIO,
                                    bit("a/standardized_conv2d/kernel")),
                            Rule.of(
                                    UNIT + "conv2\\.weight",
                                    HWIO,
                                    bit("b/standardized_conv2d/kernel")),
                            Rule.of(
                                    UNIT + "conv3\\.weight",
                                    HWIO,
                                    bit("c/standardized_conv2d/kernel")),
                            Rule.of(
                                    UNIT + "downsample\\.conv\\.weight",
                                    HWIO,
                                    bit("a/proj/standardized_conv2d/kernel")),
                            Rule.of(UNIT + "norm1\\.weight", SAME, bit("a/group_norm/gamma")),
                            Rule.of(UNIT + "norm1\\.bias", SAME, bit("a/group_norm/beta")),
                            Rule.of(UNIT + "norm2\\.weight", SAME, bit("b/group_norm/gamma")),
                            Rule.of(UNIT + "norm2\\.bias", SAME, bit("b/group_norm/beta")),
                            Rule.of(UNIT + "norm3\\.weight", SAME, bit("c/group_norm/gamma")),
                            Rule.of(UNIT + "norm3\\.bias", SAME, bit("c/group_norm/beta")),
                            same("norm\\.weight", "group_norm/gamma"),
                            same("norm\\.bias", "group_norm/beta"),
                            Rule.of("head\\.fc\\.weight", HWIO, "head/conv2d/kernel"),
                            same("head\\.fc\\.bias", "head/conv2d/bias")));

    static final List<Naming> ALL = List.of(TIMM, TORCHVISION, HUGGING_FACE, JAX, BIG_TRANSFER);

    private Namings() {}

    private static String layer(String key) {
        return "encoder.layers.encoder_layer_{1}." + key;
    }

    private static String bit(String key) {
        return "block{1+1}/unit{2+1:02}/" + key;
    }

    /** Hub names, then those of version 5. */
    private static List<Rule> huggingFaceVit(String vit) {
        List<Rule> rules = new ArrayList<>();
        rules.add(same("cls_token", vit + "embeddings.cls_token"));
        rules.add(same("pos_embed", vit + "embeddings.position_embeddings"));
        rules.add(
                same(
                        "patch_embed\\.proj\\.(.*)",
                        vit + "embeddings.patch_embeddings.projection.{1}"));
        for (String block : List.of(vit + "encoder.layer.{1}.", vit + "layers.{1}.")) {
            rules.add(same("blocks\\.(\\d+)\\.norm1\\.(.*)", block + "layernorm_before.{2}"));
            rules.add(same("blocks\\.(\\d+)\\.norm2\\.(.*)", block + "layernorm_after.{2}"));
        }
        String hub = vit + "encoder.layer.{1}.";
        rules.add(
                same(
                        "blocks\\.(\\d+)\\.attn\\.qkv\\.(.*)",
                        hub + "attention.attention.query.{2}",
                        hub + "attention.attention.key.{2}",
                        hub + "attention.attention.value.{2}"));
        rules.add(same("blocks\\.(\\d+)\\.attn\\.proj\\.(.*)", hub + "attention.output.dense.{2}"));
        rules.add(same("blocks\\.(\\d+)\\.mlp\\.fc1\\.(.*)", hub + "intermediate.dense.{2}"));
        rules.add(same("blocks\\.(\\d+)\\.mlp\\.fc2\\.(.*)", hub + "output.dense.{2}"));
        String five = vit + "layers.{1}.";
        rules.add(
                same(
                        "blocks\\.(\\d+)\\.attn\\.qkv\\.(.*)",
                        five + "attention.q_proj.{2}",
                        five + "attention.k_proj.{2}",
                        five + "attention.v_proj.{2}"));
        rules.add(same("blocks\\.(\\d+)\\.attn\\.proj\\.(.*)", five + "attention.o_proj.{2}"));
        rules.add(same("blocks\\.(\\d+)\\.mlp\\.(fc[12])\\.(.*)", five + "mlp.{2}.{3}"));
        rules.add(same("norm\\.(.*)", vit + "layernorm.{1}"));
        return rules;
    }

    private static List<Rule> huggingFaceBit(String bit) {
        return List.of(
                same(
                        "(?:patch_embed\\.backbone\\.)?(?:stem\\.)?conv\\.(.*)",
                        bit + "embedder.convolution.{1}"),
                same("patch_embed\\.backbone\\.(?:stem\\.)?norm\\.(.*)", bit + "embedder.norm.{1}"),
                same(UNIT + "(.*)", bit + "encoder.stages.{1}.layers.{2}.{3}"),
                same("norm\\.(.*)", bit + "norm.{1}"));
    }

    /** Hub names, then those of version 5. */
    private static List<Rule> huggingFaceSwin(String swin) {
        String block = "layers\\.(\\d+)\\.blocks\\.(\\d+)\\.";
        String unit = swin + "encoder.layers.{1}.blocks.{2}.";
        return List.of(
                same(
                        "patch_embed\\.proj\\.(.*)",
                        swin + "embeddings.patch_embeddings.projection.{1}"),
                same("patch_embed\\.norm\\.(.*)", swin + "embeddings.norm.{1}"),
                same("norm\\.(.*)", swin + "layernorm.{1}"),
                same(block + "norm1\\.(.*)", unit + "layernorm_before.{3}"),
                same(block + "norm2\\.(.*)", unit + "layernorm_after.{3}"),
                same(
                        block + "attn\\.relative_position_bias_table",
                        unit + "attention.self.relative_position_bias_table"),
                same(
                        block + "attn\\.qkv\\.(.*)",
                        unit + "attention.self.query.{3}",
                        unit + "attention.self.key.{3}",
                        unit + "attention.self.value.{3}"),
                same(block + "attn\\.proj\\.(.*)", unit + "attention.output.dense.{3}"),
                same(block + "mlp\\.fc1\\.(.*)", unit + "intermediate.dense.{3}"),
                same(block + "mlp\\.fc2\\.(.*)", unit + "output.dense.{3}"),
                same(
                        block + "attn\\.relative_position_bias_table",
                        unit
                                + "attention.relative_position_bias"
                                + ".relative_position_bias_table"),
                same(
                        block + "attn\\.qkv\\.(.*)",
                        unit + "attention.q_proj.{3}",
                        unit + "attention.k_proj.{3}",
                        unit + "attention.v_proj.{3}"),
                same(block + "attn\\.proj\\.(.*)", unit + "attention.o_proj.{3}"),
                same(block + "mlp\\.(fc[12])\\.(.*)", unit + "mlp.{3}.{4}"),
                same(
                        "layers\\.(\\d+)\\.downsample\\.(.*)",
                        swin + "encoder.layers.{1-1}.downsample.{2}"));
    }

    private static List<Rule> huggingFaceResNet(String resnet) {
        String unit = resnet + "encoder.stages.{1-1}.layers.{2}.";
        return List.of(
                same("conv1\\.(.*)", resnet + "embedder.embedder.convolution.{1}"),
                same("bn1\\.(.*)", resnet + "embedder.embedder.normalization.{1}"),
                same(
                        "layer(\\d+)\\.(\\d+)\\.conv(\\d)\\.(.*)",
                        unit + "layer.{3-1}.convolution.{4}"),
                same(
                        "layer(\\d+)\\.(\\d+)\\.bn(\\d)\\.(.*)",
                        unit + "layer.{3-1}.normalization.{4}"),
                same(
                        "layer(\\d+)\\.(\\d+)\\.downsample\\.0\\.(.*)",
                        unit + "shortcut.convolution.{3}"),
                same(
                        "layer(\\d+)\\.(\\d+)\\.downsample\\.1\\.(.*)",
                        unit + "shortcut.normalization.{3}"));
    }

    private static List<Rule> jaxBlock(
            String block, String slice, List<String> norms, String attention, String mlp) {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            String canonical = "blocks\\.(\\d+)\\.norm%d\\.".formatted(i + 1);
            rules.add(same(canonical + "weight", block + norms.get(i) + "/scale" + slice));
            rules.add(same(canonical + "bias", block + norms.get(i) + "/bias" + slice));
            String dense = block + mlp + "/Dense_" + i;
            String fc = "blocks\\.(\\d+)\\.mlp\\.fc%d\\.".formatted(i + 1);
            rules.add(Rule.of(fc + "weight", TRANSPOSED, dense + "/kernel" + slice));
            rules.add(same(fc + "bias", dense + "/bias" + slice));
        }
        String heads = block + attention;
        rules.add(
                Rule.of(
                        "blocks\\.(\\d+)\\.attn\\.qkv\\.weight",
                        TRANSPOSED,
                        heads + "/query/kernel" + slice,
                        heads + "/key/kernel" + slice,
                        heads + "/value/kernel" + slice));
        rules.add(
                Rule.of(
                        "blocks\\.(\\d+)\\.attn\\.qkv\\.bias",
                        FLAT,
                        heads + "/query/bias" + slice,
                        heads + "/key/bias" + slice,
                        heads + "/value/bias" + slice));
        rules.add(
                Rule.of(
                        "blocks\\.(\\d+)\\.attn\\.proj\\.weight",
                        TRANSPOSED,
                        heads + "/out/kernel" + slice));
        rules.add(same("blocks\\.(\\d+)\\.attn\\.proj\\.bias", heads + "/out/bias" + slice));
        return rules;
    }

    private static List<Rule> jaxStem() {
        String unit = "block{1+1}/unit{2+1}/";
        return List.of(
                Rule.of(
                        "patch_embed\\.backbone\\.(?:stem\\.)?conv\\.weight",
                        HWIO,
                        "conv_root/kernel"),
                same("patch_embed\\.backbone\\.(?:stem\\.)?norm\\.weight", "gn_root/scale"),
                same("patch_embed\\.backbone\\.(?:stem\\.)?norm\\.bias", "gn_root/bias"),
                Rule.of(UNIT + "(conv\\d)\\.weight", HWIO, unit + "{3}/kernel"),
                Rule.of(UNIT + "downsample\\.conv\\.weight", HWIO, unit + "conv_proj/kernel"),
                same(UNIT + "norm(\\d)\\.weight", unit + "gn{3}/scale"),
                same(UNIT + "norm(\\d)\\.bias", unit + "gn{3}/bias"),
                same(UNIT + "downsample\\.norm\\.weight", unit + "gn_proj/scale"),
                same(UNIT + "downsample\\.norm\\.bias", unit + "gn_proj/bias"));
    }
}
