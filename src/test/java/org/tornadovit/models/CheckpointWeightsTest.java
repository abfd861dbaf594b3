package org.tornadovit.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tornadovit.io.Checkpoint;
import org.tornadovit.io.CheckpointException;
import org.tornadovit.io.Tensor;
import org.tornadovit.models.Exporter.Weight;
import org.tornadovit.models.VitConfiguration.Pool;
import org.tornadovit.models.VitConfiguration.Position;
import org.tornadovit.models.VitConfiguration.Representation;
import org.tornadovit.nn.WeightSpec;
import org.tornadovit.nn.Weights;

class CheckpointWeightsTest {
    @TempDir private Path folder;

    private static Vit vit(Stem stem, int imageSize) {
        return new Vit(
                "small",
                new VitConfiguration(
                        imageSize,
                        3,
                        stem,
                        12,
                        2,
                        3,
                        20,
                        7,
                        Pool.CLASS_TOKEN,
                        Position.LEARNED_1D,
                        Representation.DIRECT),
                Numerics.TIMM);
    }

    private static Vit vit() {
        return vit(new PatchStem(4), 12);
    }

    private static Vit hybrid() {
        return vit(new ResNetStem(32, List.of(2, 1), 1, 32), 16);
    }

    private static BitResNet bit() {
        return new BitResNet("small", 32, 3, List.of(1, 2), 32, 7, Numerics.TIMM);
    }

    private static ResNet resnet() {
        return new ResNet(
                "small", 32, 3, List.of(1, 2), ResNet.Block.BOTTLENECK, 4, 7, Numerics.TORCHVISION);
    }

    private static Swin swin() {
        return new Swin(
                "small", 32, 3, 4, 12, List.of(2, 1), List.of(3, 6), 4, 2.0, 7, Numerics.SWIN);
    }

    private CheckpointWeights.Loaded roundTrip(Model model, Exporter.Destination destination) {
        Weights weights = VitVariantsTest.livelyWeights(model);
        Path file = folder.resolve("weights.npz");
        Exporter.npz(file, new Exporter(weights).export(destination));
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            CheckpointWeights.Loaded loaded =
                    CheckpointWeights.adapt(model.withClasses(1000), checkpoint);
            assertThat(loaded.model().classes()).isEqualTo(7);
            for (WeightSpec spec : weights.specs()) {
                assertThat(loaded.weights().get(spec.name()).toHeapArray())
                        .as(spec.name())
                        .isEqualTo(weights.get(spec.name()).toHeapArray());
            }
            return loaded;
        }
    }

    /** {@code blocks.3.mlp.fc1.weight} to its parts. */
    private static String[] parts(Weight weight) {
        return weight.spec().name().split("\\.");
    }

    private static String last(Weight weight) {
        String[] parts = parts(weight);
        return parts[parts.length - 1];
    }

    @Test
    void timmNamesAreTheCanonicalOnes() {
        var loaded = roundTrip(vit(), (to, w) -> to.same("module." + w.spec().name(), w));
        assertThat(loaded.origin()).isEqualTo("timm");
        assertThat(loaded.model().numerics()).isEqualTo(Numerics.TIMM);
    }

    @Test
    void huggingFaceHubNames() {
        var loaded = roundTrip(vit(), (to, w) -> huggingFace(to, w, "vit.", false));
        assertThat(loaded.origin()).isEqualTo("Hugging Face");
        assertThat(loaded.model().numerics()).isEqualTo(Numerics.HUGGING_FACE);
    }

    @Test
    void huggingFaceNamesOfVersionFive() {
        roundTrip(vit(), (to, w) -> huggingFace(to, w, "vit.", true));
        roundTrip(vit(), (to, w) -> huggingFace(to, w, "", true));
    }

    @Test
    void huggingFaceHybrid() {
        roundTrip(hybrid(), (to, w) -> huggingFace(to, w, "vit.", false));
    }

    private static void huggingFace(Exporter to, Weight w, String vit, boolean five) {
        String name = w.spec().name();
        String[] p = parts(w);
        if (name.startsWith("patch_embed.backbone.")) {
            String bit = vit + "embeddings.patch_embeddings.backbone.bit.";
            to.same(
                    bit
                            + name.replace("patch_embed.backbone.", "")
                                    .replace("stem.conv", "embedder.convolution")
                                    .replace("stem.norm", "embedder.norm")
                                    .replace("stages.", "encoder.stages.")
                                    .replace("blocks.", "layers."),
                    w);
        } else if (name.startsWith("blocks.")) {
            String layer = vit + (five ? "layers." : "encoder.layer.") + p[1] + ".";
            String rest = name.substring(("blocks." + p[1] + ".").length());
            if (rest.startsWith("attn.qkv")) {
                String[] names =
                        five
                                ? new String[] {"q_proj", "k_proj", "v_proj"}
                                : new String[] {
                                    "attention.query", "attention.key", "attention.value"
                                };
                for (int i = 0; i < 3; i++) {
                    to.same(
                            layer + "attention." + names[i] + "." + last(w),
                            w.rows(12 * i, 12 * (i + 1)));
                }
                return;
            }
            rest =
                    rest.replace("norm1", "layernorm_before")
                            .replace("norm2", "layernorm_after")
                            .replace(
                                    "attn.proj",
                                    five ? "attention.o_proj" : "attention.output.dense");
            if (!five) {
                rest =
                        rest.replace("mlp.fc1", "intermediate.dense")
                                .replace("mlp.fc2", "output.dense");
            }
            to.same(layer + rest, w);
        } else {
            Map<String, String> names =
                    Map.of(
                            "cls_token", vit + "embeddings.cls_token",
                            "pos_embed", vit + "embeddings.position_embeddings",
                            "patch_embed.proj.weight",
                                    vit + "embeddings.patch_embeddings.projection.weight",
                            "patch_embed.proj.bias",
                                    vit + "embeddings.patch_embeddings.projection.bias",
                            "norm.weight", vit + "layernorm.weight",
                            "norm.bias", vit + "layernorm.bias",
                            "head.weight", "classifier.weight",
                            "head.bias", "classifier.bias");
            to.same(names.get(name), w);
        }
    }

    @Test
    void officialNamesAndLayouts() {
        for (String prefix : List.of("", "opt/target/", "params/")) {
            var loaded = roundTrip(vit(), (to, w) -> official(to, w, prefix, false));
            assertThat(loaded.origin()).isEqualTo("the official ViT code");
            assertThat(loaded.model().numerics()).isEqualTo(Numerics.JAX);
        }
    }

    @Test
    void officialHybrid() {
        roundTrip(hybrid(), (to, w) -> official(to, w, "", false));
    }

    @Test
    void officialPreLogits() {
        Vit vit = vit();
        Vit tanh =
                vit.withConfiguration(vit.configuration().withRepresentation(Representation.TANH));
        Weights weights = VitVariantsTest.livelyWeights(tanh);
        Path file = folder.resolve("i21k.npz");
        Exporter.npz(file, new Exporter(weights).export((to, w) -> official(to, w, "", false)));
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            Vit loaded = (Vit) CheckpointWeights.adapt(vit, checkpoint).model();
            assertThat(loaded.configuration()).isEqualTo(tanh.configuration());
        }
    }

    @Test
    void bigVisionNames() {
        roundTrip(vit(), (to, w) -> official(to, w, "params/", true));
    }

    private static void official(Exporter to, Weight w, String prefix, boolean bigVision) {
        String name = w.spec().name();
        String[] p = parts(w);
        if (name.startsWith("patch_embed.backbone.")) {
            officialStem(to, w, prefix);
        } else if (name.equals("pos_embed")) {
            to.same(
                    prefix
                            + (bigVision
                                    ? "pos_embedding"
                                    : "Transformer/posembed_input/pos_embedding"),
                    w);
        } else if (name.startsWith("blocks.")) {
            String block = prefix + "Transformer/encoderblock_" + p[1] + "/";
            String attention = block + "MultiHeadDotProductAttention_" + (bigVision ? 0 : 1) + "/";
            boolean weight = last(w).equals("weight");
            switch (p[2] + "." + p[3]) {
                case "norm1.weight" -> to.same(block + "LayerNorm_0/scale", w);
                case "norm1.bias" -> to.same(block + "LayerNorm_0/bias", w);
                case "norm2.weight" ->
                        to.same(block + "LayerNorm_" + (bigVision ? 1 : 2) + "/scale", w);
                case "norm2.bias" ->
                        to.same(block + "LayerNorm_" + (bigVision ? 1 : 2) + "/bias", w);
                case "attn.qkv" -> {
                    String[] names = {"query", "key", "value"};
                    for (int i = 0; i < 3; i++) {
                        Weight part = w.rows(12 * i, 12 * (i + 1));
                        if (weight) {
                            to.transposed(attention + names[i] + "/kernel", part, 12, 3, 4);
                        } else {
                            to.shaped(attention + names[i] + "/bias", part, 3, 4);
                        }
                    }
                }
                case "attn.proj" -> {
                    if (weight) {
                        to.transposed(attention + "out/kernel", w, 3, 4, 12);
                    } else {
                        to.same(attention + "out/bias", w);
                    }
                }
                default -> {
                    String dense =
                            block
                                    + "MlpBlock_"
                                    + (bigVision ? 0 : 3)
                                    + "/Dense_"
                                    + (p[3].equals("fc1") ? 0 : 1);
                    if (weight) {
                        to.transposed(dense + "/kernel", w, w.extent(1), w.extent(0));
                    } else {
                        to.same(dense + "/bias", w);
                    }
                }
            }
        } else {
            switch (name) {
                case "cls_token" -> to.same(prefix + "cls", w);
                case "patch_embed.proj.weight" -> to.hwio(prefix + "embedding/kernel", w);
                case "patch_embed.proj.bias" -> to.same(prefix + "embedding/bias", w);
                case "norm.weight" -> to.same(prefix + "Transformer/encoder_norm/scale", w);
                case "norm.bias" -> to.same(prefix + "Transformer/encoder_norm/bias", w);
                case "pre_logits.fc.weight" ->
                        to.transposed(prefix + "pre_logits/kernel", w, 12, 12);
                case "pre_logits.fc.bias" -> to.same(prefix + "pre_logits/bias", w);
                case "head.weight" ->
                        to.transposed(prefix + "head/kernel", w, w.extent(1), w.extent(0));
                default -> to.same(prefix + "head/bias", w);
            }
        }
    }

    private static void officialStem(Exporter to, Weight w, String prefix) {
        String[] p = parts(w);
        String leaf = last(w).equals("weight") ? "scale" : "bias";
        if (p[2].equals("stem")) {
            if (p[3].equals("conv")) {
                to.hwio(prefix + "conv_root/kernel", w);
            } else {
                to.shaped(prefix + "gn_root/" + leaf, w, 1, 1, 1, w.extent(0));
            }
            return;
        }
        String unit =
                prefix
                        + "block%d/unit%d/"
                                .formatted(Integer.parseInt(p[3]) + 1, Integer.parseInt(p[5]) + 1);
        boolean shortcut = p[6].equals("downsample");
        String what = shortcut ? p[7] : p[6];
        if (what.startsWith("conv")) {
            to.hwio(unit + (shortcut ? "conv_proj" : what) + "/kernel", w);
        } else {
            String norm = shortcut ? "gn_proj" : what.replace("norm", "gn");
            to.shaped(unit + norm + "/" + leaf, w, 1, 1, 1, w.extent(0));
        }
    }

    @Test
    void scannedBlocksAreSlicesOfOneArray() {
        Vit vit = vit();
        Weights weights = VitVariantsTest.livelyWeights(vit);
        List<Tensor> flat =
                new Exporter(weights).export((to, w) -> official(to, w, "params/", true));
        Map<String, List<Tensor>> stacked = new TreeMap<>();
        for (Tensor tensor : flat) {
            String key = tensor.name().replaceFirst("encoderblock_\\d+/", "encoderblock/");
            stacked.computeIfAbsent(key, _ -> new ArrayList<>()).add(tensor);
        }
        List<Tensor> tensors = new ArrayList<>();
        stacked.forEach((key, slices) -> {
            if (!key.contains("encoderblock/")) {
                tensors.add(slices.getFirst());
                return;
            }
            int size = (int) slices.getFirst().size();
            float[] values = new float[size * slices.size()];
            long[] shape = new long[slices.getFirst().shape().length + 1];
            shape[0] = slices.size();
            System.arraycopy(slices.getFirst().shape(), 0, shape, 1, shape.length - 1);
            for (int i = 0; i < slices.size(); i++) {
                System.arraycopy(slices.get(i).toFloats(), 0, values, i * size, size);
            }
            tensors.add(Tensor.of(key, values, shape));
        });
        Path file = folder.resolve("scanned.npz");
        Exporter.npz(file, tensors);
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            Weights loaded = CheckpointWeights.load(vit, checkpoint, PositionResize.ALIGN_CORNERS);
            for (WeightSpec spec : weights.specs()) {
                assertThat(loaded.get(spec.name()).toHeapArray())
                        .as(spec.name())
                        .isEqualTo(weights.get(spec.name()).toHeapArray());
            }
        }
    }

    @Test
    void bigTransferNames() {
        var loaded =
                roundTrip(
                        bit(),
                        (to, w) -> {
                            String[] p = parts(w);
                            String leaf = last(w).equals("weight") ? "gamma" : "beta";
                            switch (p[0]) {
                                case "stem" ->
                                        to.hwio("resnet/root_block/standardized_conv2d/kernel", w);
                                case "norm" -> to.same("resnet/group_norm/" + leaf, w);
                                case "head" -> {
                                    if (leaf.equals("gamma")) {
                                        to.hwio("resnet/head/conv2d/kernel", w);
                                    } else {
                                        to.same("resnet/head/conv2d/bias", w);
                                    }
                                }
                                default -> {
                                    String unit =
                                            "resnet/block%d/unit%02d/"
                                                    .formatted(
                                                            Integer.parseInt(p[1]) + 1,
                                                            Integer.parseInt(p[3]) + 1);
                                    String letter =
                                            switch (p[4].charAt(p[4].length() - 1)) {
                                                case '1' -> "a";
                                                case '2' -> "b";
                                                case '3' -> "c";
                                                default -> "a/proj";
                                            };
                                    if (p[4].startsWith("norm")) {
                                        to.same(unit + letter + "/group_norm/" + leaf, w);
                                    } else {
                                        to.hwio(unit + letter + "/standardized_conv2d/kernel", w);
                                    }
                                }
                            }
                        });
        assertThat(loaded.origin()).isEqualTo("Big Transfer");
        assertThat(loaded.model().numerics()).isEqualTo(Numerics.BIT);
    }

    @Test
    void huggingFaceBit() {
        var loaded =
                roundTrip(
                        bit(),
                        (to, w) -> {
                            String name = w.spec().name();
                            if (name.equals("head.fc.weight")) {
                                to.shaped("classifier.1.weight", w, w.extent(0), w.extent(1));
                            } else if (name.equals("head.fc.bias")) {
                                to.same("classifier.1.bias", w);
                            } else {
                                to.same(
                                        "bit."
                                                + name.replace("stem.conv", "embedder.convolution")
                                                        .replace("stages.", "encoder.stages.")
                                                        .replace("blocks.", "layers."),
                                        w);
                            }
                        });
        assertThat(loaded.origin()).isEqualTo("Hugging Face");
    }

    @Test
    void huggingFaceResNet() {
        roundTrip(
                resnet(),
                (to, w) -> {
                    String[] p = parts(w);
                    String leaf = "." + last(w);
                    if (p[0].equals("fc")) {
                        to.same("classifier.1" + leaf, w);
                    } else if (!p[0].startsWith("layer")) {
                        String kind = p[0].equals("conv1") ? "convolution" : "normalization";
                        to.same("resnet.embedder.embedder." + kind + leaf, w);
                    } else {
                        String unit =
                                "resnet.encoder.stages.%d.layers.%s."
                                        .formatted(p[0].charAt(5) - '1', p[1]);
                        if (p[2].equals("downsample")) {
                            String kind = p[3].equals("0") ? "convolution" : "normalization";
                            to.same(unit + "shortcut." + kind + leaf, w);
                        } else {
                            String kind = p[2].startsWith("c") ? "convolution" : "normalization";
                            int index = p[2].charAt(p[2].length() - 1) - '1';
                            to.same(unit + "layer." + index + "." + kind + leaf, w);
                        }
                    }
                });
    }

    @Test
    void timmAndTorchvisionSwin() {
        roundTrip(
                swin(),
                (to, w) -> to.same(w.spec().name().replaceFirst("^head\\.", "head.fc."), w));
        var loaded =
                roundTrip(
                        swin(),
                        (to, w) -> {
                            String[] p = parts(w);
                            String name = w.spec().name();
                            if (p[0].equals("patch_embed")) {
                                to.same(
                                        name.replace("patch_embed.proj", "features.0.0")
                                                .replace("patch_embed.norm", "features.0.2"),
                                        w);
                            } else if (!p[0].equals("layers")) {
                                to.same(name, w);
                            } else if (p[2].equals("downsample")) {
                                to.same(name.replace("layers.1.downsample", "features.2"), w);
                            } else {
                                to.same(
                                        name.replace("layers.0.blocks", "features.1")
                                                .replace("layers.1.blocks", "features.3")
                                                .replace("fc1", "0")
                                                .replace("fc2", "3"),
                                        w);
                            }
                        });
        assertThat(loaded.origin()).isEqualTo("torchvision");
        assertThat(loaded.model().numerics()).isEqualTo(Numerics.SWIN);
    }

    @Test
    void huggingFaceSwin() {
        for (boolean five : new boolean[] {false, true}) {
            roundTrip(
                    swin(),
                    (to, w) -> {
                        String name = w.spec().name();
                        int third = w.extent(0) / 3;
                        String[] qkv =
                                five
                                        ? new String[] {"q_proj", "k_proj", "v_proj"}
                                        : new String[] {"self.query", "self.key", "self.value"};
                        String key =
                                "swin."
                                        + name.replace(
                                                        "patch_embed.proj",
                                                        "embeddings.patch_"
                                                                + "embeddings.projection")
                                                .replace("patch_embed.norm", "embeddings.norm")
                                                .replace(
                                                        "layers.1.downsample",
                                                        "layers.0.downsample")
                                                .replace("layers.", "encoder.layers.")
                                                .replace("norm1", "layernorm_before")
                                                .replace("norm2", "layernorm_after")
                                                .replaceFirst("^norm", "layernorm")
                                                .replace(
                                                        "attn.relative",
                                                        five
                                                                ? "attention.relative_position_bias"
                                                                        + ".relative"
                                                                : "attention.self.relative")
                                                .replace(
                                                        "attn.proj",
                                                        five
                                                                ? "attention.o_proj"
                                                                : "attention.output.dense");
                        if (!five) {
                            key =
                                    key.replace("mlp.fc1", "intermediate.dense")
                                            .replace("mlp.fc2", "output.dense");
                        }
                        if (name.contains("attn.qkv")) {
                            for (int i = 0; i < 3; i++) {
                                to.same(
                                        key.replace("attn.qkv", "attention." + qkv[i]),
                                        w.rows(i * third, (i + 1) * third));
                            }
                        } else if (name.startsWith("head")) {
                            to.same(name.replace("head", "classifier"), w);
                        } else {
                            to.same(key, w);
                        }
                    });
        }
    }

    @Test
    void positionsAreResizedToTheModelsGrid() {
        Vit small = vit();
        Weights weights = VitVariantsTest.livelyWeights(small);
        Path file = folder.resolve("small.safetensors");
        Exporter.safetensors(
                file, new Exporter(weights).export((to, w) -> to.same(w.spec().name(), w)));
        Vit large = small.withImageSize(20);
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            float[] table =
                    CheckpointWeights.load(large, checkpoint, PositionResize.ALIGN_CORNERS)
                            .get("pos_embed")
                            .toHeapArray();
            float[] old = weights.get("pos_embed").toHeapArray();
            assertThat(table).hasSize((1 + 25) * 12);
            for (int k = 0; k < 12; k++) {
                assertThat(table[k]).isEqualTo(old[k]); // class token
                assertThat(table[12 + k]).isEqualTo(old[12 + k]); // first corner
                assertThat(table[25 * 12 + k]).isEqualTo(old[9 * 12 + k]); // last corner
                assertThat(table[13 * 12 + k]).isEqualTo(old[5 * 12 + k]); // centre
            }
        }
    }

    /** The option of a model reaches the weights, also where the model is made to fit. */
    @Test
    void positionsAreResizedAsTheModelSays() {
        Vit small = vit();
        Weights weights = VitVariantsTest.livelyWeights(small);
        Path file = folder.resolve("small.safetensors");
        Exporter.safetensors(
                file, new Exporter(weights).export((to, w) -> to.same(w.spec().name(), w)));
        Vit large = small.withImageSize(20);
        float[] old = weights.get("pos_embed").toHeapArray();
        PositionGrid grid = large.positionGrid().orElseThrow();
        Map.of(
                        "bicubic-antialias", PositionResize.BICUBIC_ANTIALIAS,
                        "bilinear", PositionResize.BILINEAR,
                        "align-corners", PositionResize.ALIGN_CORNERS)
                .forEach((word, resize) -> {
                    Model model = ModelOptions.apply(large, "resize=" + word);
                    float[] wanted = resize.resize(old, 3, grid);
                    try (Checkpoint checkpoint = Checkpoint.open(file)) {
                        assertThat(
                                        CheckpointWeights.load(model, checkpoint)
                                                .get("pos_embed")
                                                .toHeapArray())
                                .as(word)
                                .isEqualTo(wanted);
                        assertThat(
                                        CheckpointWeights.adapt(model, checkpoint)
                                                .weights()
                                                .get("pos_embed")
                                                .toHeapArray())
                                .as(word)
                                .isEqualTo(wanted);
                    }
                });
    }

    @Test
    void aWrongShapeNamesKeyExpectedAndFound() {
        assertFails(
                tensors -> replace(tensors, "blocks.1.mlp.fc1.weight", new float[240], 12, 20),
                "blocks.1.mlp.fc1.weight has shape [12, 20], expected [20, 12]");
    }

    @Test
    void aMissingKeyIsNamed() {
        assertFails(
                tensors -> tensors.removeIf(t -> t.name().equals("blocks.0.norm2.bias")),
                "lacks blocks.0.norm2.bias of shape [12]");
    }

    @Test
    void aDeeperModelsFileIsRefused() {
        assertFails(
                tensors -> tensors.add(Tensor.of("blocks.2.norm1.bias", new float[12], 12)),
                "does not use 1 of its arrays, such as blocks.2.norm1.bias [12]");
    }

    @Test
    void damagedValuesAreRefused() {
        assertFails(
                tensors -> {
                    float[] values = new float[12];
                    values[5] = Float.NaN;
                    replace(tensors, "norm.bias", values, 12);
                },
                "norm.bias holds NaN at element 5");
    }

    @Test
    void aFileOfAnotherKindIsRefused() {
        assertFails(
                tensors -> {
                    tensors.clear();
                    tensors.add(Tensor.of("weather", new float[] {1}, 1));
                },
                "does not fit small");
    }

    @Test
    void aWeightWithoutKeyInTheFilesNamingIsTheSignOfAnotherModel() {
        Model model = Models.named("R50x1");
        List<Tensor> tensors =
                model.weights().stream()
                        .flatMap(spec -> Namings.JAX.candidates(spec.name(), "").stream().limit(1))
                        .flatMap(source -> source.keys().stream())
                        .map(key -> Tensor.of(key.name(), new float[] {1}, 1))
                        .toList();
        Path file = folder.resolve("another.safetensors");
        Exporter.safetensors(file, tensors);
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertThatExceptionOfType(CheckpointException.class)
                    .isThrownBy(() -> CheckpointWeights.adapt(model, checkpoint))
                    .withMessageContaining("lacks stem.conv.weight of shape [64, 3, 7, 7], for")
                    .withMessageContaining("the official ViT code, has no key")
                    .withMessageNotContaining("looked for .");
        }
    }

    @Test
    void aGridThatIsNotSquareIsRefused() {
        assertFails(
                tensors -> replace(tensors, "pos_embed", new float[12 * 12], 1, 12, 12),
                "pos_embed has shape [1, 12, 12], expected [1, 1 + n · n, 12]");
    }

    private interface Damage {
        void to(List<Tensor> tensors);
    }

    private static void replace(List<Tensor> tensors, String name, float[] values, long... shape) {
        tensors.replaceAll(t -> t.name().equals(name) ? Tensor.of(name, values, shape) : t);
    }

    private void assertFails(Damage damage, String message) {
        Vit vit = vit();
        List<Tensor> tensors =
                new ArrayList<>(
                        new Exporter(vit.randomWeights(1))
                                .export((to, w) -> to.same(w.spec().name(), w)));
        damage.to(tensors);
        Path file = folder.resolve("damaged.safetensors");
        Exporter.safetensors(file, tensors);
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertThatExceptionOfType(CheckpointException.class)
                    .isThrownBy(() -> CheckpointWeights.adapt(vit, checkpoint))
                    .withMessageContaining(message)
                    .withMessageContaining("damaged.safetensors");
        }
    }
}
