package org.tornadovit.lab.task;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tornadovit.lab.LabException;
import org.tornadovit.models.Model;
import org.tornadovit.models.Numerics;
import org.tornadovit.models.PatchStem;
import org.tornadovit.models.Recipe;
import org.tornadovit.models.ResNet;
import org.tornadovit.models.ResNetStem;
import org.tornadovit.models.Stem;
import org.tornadovit.models.Swin;
import org.tornadovit.models.Vit;
import org.tornadovit.models.VitConfiguration;
import org.tornadovit.nn.Gelu;
import org.tornadovit.nn.WeightStandardization;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a model from a JSON description: architecture, sizes and numeric conventions. Keys that
 * only describe (tensors, seeds, names of stages) are passed over.
 */
final class ModelConfig {
    private static final Map<String, Gelu> GELUS = Map.of("erf", Gelu.ERF, "tanh", Gelu.TANH);
    private static final Map<String, WeightStandardization> STANDARDIZATIONS =
            Map.of(
                    "sqrt(var+1e-8)", WeightStandardization.TIMM,
                    "std+1e-5", WeightStandardization.JAX,
                    "sqrt(var+1e-10)", WeightStandardization.BIT);
    private static final Map<String, ResNet.Block> BLOCKS =
            Map.of("BasicBlock", ResNet.Block.BASIC, "Bottleneck", ResNet.Block.BOTTLENECK);

    private final Path file;
    private final JsonNode root;

    private ModelConfig(Path file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    /**
     * Reads a model.
     *
     * @param file a JSON file
     * @return the model
     * @throws LabException when the file is missing or describes no known model
     */
    static Model read(Path file) {
        try {
            JsonNode root = JsonMapper.shared().readTree(Files.readString(file));
            return new ModelConfig(file, root).model();
        } catch (IOException e) {
            throw new LabException("Cannot read " + file + ": " + e.getMessage() + ".", e);
        } catch (JacksonException e) {
            throw new LabException(file + " is not JSON: " + e.getOriginalMessage() + ".", e);
        } catch (IllegalArgumentException e) {
            throw new LabException(file + ": " + e.getMessage(), e);
        }
    }

    private Model model() {
        String architecture = text("arch");
        return switch (architecture) {
            case "torchvision.VisionTransformer" -> vit(new PatchStem(integer("patch_size")));
            case "hybrid" -> vit(stem());
            case "torchvision.ResNet" -> resNet();
            case "torchvision.SwinTransformer" -> swin();
            default ->
                    throw new LabException(
                            ("%s: arch '%s' is unknown; it is hybrid, torchvision.VisionTransformer,"
                                            + " torchvision.ResNet or torchvision.SwinTransformer.")
                                    .formatted(file, architecture));
        };
    }

    private Stem stem() {
        if (root.has("padding") && !text("padding").equals("same")) {
            throw new LabException(file + ": the padding of a hybrid's stem must be 'same'.");
        }
        return new ResNetStem(
                integer("stem_width"),
                integers("stem_layers"),
                integer("patch_size"),
                integer("group_norm_groups"));
    }

    private Vit vit(Stem stem) {
        return new Vit(
                text("name"),
                new VitConfiguration(
                        integer("image_size"),
                        integer("channels"),
                        stem,
                        integer("hidden_dim"),
                        integer("num_layers"),
                        integer("num_heads"),
                        integer("mlp_dim"),
                        integer("num_classes"),
                        VitConfiguration.Pool.CLASS_TOKEN,
                        VitConfiguration.Position.LEARNED_1D,
                        VitConfiguration.Representation.DIRECT),
                new Numerics(
                        (float) number("layer_norm_eps"),
                        choice(GELUS, "gelu"),
                        root.has("weight_standardization")
                                ? choice(STANDARDIZATIONS, "weight_standardization")
                                : WeightStandardization.TIMM,
                        root.has("group_norm_eps") ? (float) number("group_norm_eps") : 1e-5f,
                        1e-5,
                        Recipe.VIT));
    }

    private ResNet resNet() {
        Numerics usual = Numerics.TORCHVISION;
        return new ResNet(
                text("name"),
                integer("image_size"),
                integer("channels"),
                integers("layers"),
                choice(BLOCKS, "block"),
                integer("width"),
                integer("num_classes"),
                new Numerics(
                        usual.layerNormEpsilon(),
                        usual.gelu(),
                        usual.standardization(),
                        usual.groupNormEpsilon(),
                        number("bn_eps"),
                        usual.recipe()));
    }

    private Swin swin() {
        Numerics usual = Numerics.SWIN;
        return new Swin(
                text("name"),
                integer("image_size"),
                integer("channels"),
                square("patch_size"),
                integer("embed_dim"),
                integers("depths"),
                integers("num_heads"),
                square("window_size"),
                number("mlp_ratio"),
                integer("num_classes"),
                new Numerics(
                        (float) number("layer_norm_eps"),
                        choice(GELUS, "gelu"),
                        usual.standardization(),
                        usual.groupNormEpsilon(),
                        usual.batchNormEpsilon(),
                        usual.recipe()));
    }

    /** A number, or two equal ones. */
    private int square(String key) {
        if (!value(key).isArray()) {
            return integer(key);
        }
        List<Integer> sides = integers(key);
        if (sides.size() != 2 || !sides.getFirst().equals(sides.getLast())) {
            throw wrong(key, "the side of a square", value(key));
        }
        return sides.getFirst();
    }

    private JsonNode value(String key) {
        JsonNode value = root.get(key);
        if (value == null || value.isNull()) {
            throw new LabException("%s: the key '%s' is missing.".formatted(file, key));
        }
        return value;
    }

    private String text(String key) {
        JsonNode value = value(key);
        if (!value.isString()) {
            throw wrong(key, "text", value);
        }
        return value.stringValue();
    }

    private int integer(String key) {
        return integer(key, value(key));
    }

    private int integer(String key, JsonNode value) {
        if (!value.isInt()) {
            throw wrong(key, "a whole number", value);
        }
        return value.intValue();
    }

    private double number(String key) {
        JsonNode value = value(key);
        if (!value.isNumber()) {
            throw wrong(key, "a number", value);
        }
        return value.doubleValue();
    }

    private List<Integer> integers(String key) {
        List<Integer> numbers = new ArrayList<>();
        value(key).forEach(element -> numbers.add(integer(key, element)));
        return numbers;
    }

    private <T> T choice(Map<String, T> choices, String key) {
        T chosen = choices.get(text(key));
        if (chosen == null) {
            throw wrong(key, "one of " + choices.keySet().stream().sorted().toList(), value(key));
        }
        return chosen;
    }

    private LabException wrong(String key, String wanted, JsonNode value) {
        return new LabException("%s: '%s' must be %s, not %s.".formatted(file, key, wanted, value));
    }
}
