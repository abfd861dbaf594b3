package org.tornadovit.models;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tornadovit.io.InputException;
import org.tornadovit.io.JsonFields;
import org.tornadovit.models.VitConfiguration.Pool;
import org.tornadovit.models.VitConfiguration.Position;
import org.tornadovit.models.VitConfiguration.Representation;
import org.tornadovit.nn.Gelu;
import org.tornadovit.nn.WeightStandardization;

/**
 * Models described by a JSON file: any sizes, where {@link Models} has the published ones.
 *
 * <p>{@code arch} says what it is, and which keys follow:
 *
 * <ul>
 *   <li>all: {@code image_size}, {@code num_classes}, optional {@code name} and {@code channels}
 *       (3)
 *   <li>{@code torchvision.VisionTransformer} or {@code vit}: {@code patch_size}, {@code
 *       hidden_dim}, {@code num_layers}, {@code num_heads}, {@code mlp_dim}, optional {@code
 *       layer_norm_eps} (1e-6), {@code gelu} (erf), {@code pooling} (class, average), {@code
 *       position} (none, 1d, 2d, relative), {@code representation_size} (a pre-logits layer)
 *   <li>{@code hybrid}: the same, and {@code stem_layers}, {@code stem_width}, optional {@code
 *       group_norm_groups} (32), {@code group_norm_eps} (1e-5), {@code weight_standardization}
 *       ({@code sqrt(var+1e-8)} or {@code std+1e-5}), {@code padding} (only same)
 *   <li>{@code bit}: {@code layers}, {@code width}, and the optional keys of normalisation and
 *       groups
 *   <li>{@code torchvision.SwinTransformer} or {@code swin}: {@code patch_size}, {@code embed_dim},
 *       {@code depths}, {@code num_heads}, {@code window_size}, optional {@code mlp_ratio} (4) and
 *       {@code layer_norm_eps}
 *   <li>{@code torchvision.ResNet} or {@code resnet}: {@code layers}, {@code width}, {@code block}
 *       (BasicBlock, Bottleneck), optional {@code bn_eps} (1e-5)
 * </ul>
 *
 * <p>Other keys are for other readers.
 */
public final class ModelFile {
    private static final Map<String, Function<JsonFields, Model>> ARCHITECTURES =
            Map.of(
                    "torchvision.VisionTransformer", ModelFile::vit,
                    "vit", ModelFile::vit,
                    "hybrid", ModelFile::hybrid,
                    "bit", ModelFile::bit,
                    "torchvision.ResNet", ModelFile::resnet,
                    "resnet", ModelFile::resnet,
                    "torchvision.SwinTransformer", ModelFile::swin,
                    "swin", ModelFile::swin);

    private static final Pattern STANDARDIZATION =
            Pattern.compile("(sqrt\\(var|std)\\s*\\+\\s*([0-9.eE+-]+)\\)?");

    private static final Set<String> KEYS =
            Set.of(
                    "name",
                    "arch",
                    "image_size",
                    "num_classes",
                    "channels",
                    "patch_size",
                    "hidden_dim",
                    "num_layers",
                    "num_heads",
                    "mlp_dim",
                    "layer_norm_eps",
                    "gelu",
                    "pooling",
                    "position",
                    "representation_size",
                    "stem_layers",
                    "stem_width",
                    "group_norm_groups",
                    "group_norm_eps",
                    "weight_standardization",
                    "padding",
                    "layers",
                    "width",
                    "embed_dim",
                    "depths",
                    "window_size",
                    "mlp_ratio",
                    "block",
                    "bn_eps");

    private ModelFile() {}

    /** {@return every key that a description may have for this reader} */
    public static Set<String> keys() {
        return KEYS;
    }

    /**
     * {@return the model that {@code file} describes}
     *
     * @throws InputException when the file cannot be read, a key is missing or of the wrong kind,
     *     or the sizes do not fit each other
     */
    public static Model read(Path file) {
        return of(JsonFields.read(file));
    }

    /**
     * {@return the model that {@code fields} describe}
     *
     * @throws InputException as {@link #read}
     */
    public static Model of(JsonFields fields) {
        Function<JsonFields, Model> architecture = fields.choice("arch", ARCHITECTURES);
        try {
            return architecture.apply(fields);
        } catch (IllegalArgumentException e) {
            throw new InputException("%s: %s".formatted(fields.file(), e.getMessage()), e);
        }
    }

    private static Model vit(JsonFields fields) {
        return transformer(fields, new PatchStem(fields.whole("patch_size")));
    }

    private static Model hybrid(JsonFields fields) {
        fields.choiceOr("padding", Map.of("same", "same"), "same");
        return transformer(
                fields,
                new ResNetStem(
                        fields.whole("stem_width"),
                        fields.wholes("stem_layers"),
                        fields.wholeOr("patch_size", 1),
                        fields.wholeOr("group_norm_groups", 32)));
    }

    private static Model transformer(JsonFields fields, Stem stem) {
        int dim = fields.whole("hidden_dim");
        int representation = fields.wholeOr("representation_size", 0);
        if (representation != 0 && representation != dim) {
            throw new IllegalArgumentException(
                    "representation_size must be hidden_dim, %d, not %d."
                            .formatted(dim, representation));
        }
        VitConfiguration configuration =
                new VitConfiguration(
                        fields.whole("image_size"),
                        fields.wholeOr("channels", 3),
                        stem,
                        dim,
                        fields.whole("num_layers"),
                        fields.whole("num_heads"),
                        fields.whole("mlp_dim"),
                        fields.whole("num_classes"),
                        fields.choiceOr(
                                "pooling",
                                Map.of("class", Pool.CLASS_TOKEN, "average", Pool.AVERAGE),
                                Pool.CLASS_TOKEN),
                        fields.choiceOr(
                                "position",
                                Map.of(
                                        "none", Position.NONE,
                                        "1d", Position.LEARNED_1D,
                                        "2d", Position.LEARNED_2D,
                                        "relative", Position.RELATIVE),
                                Position.LEARNED_1D),
                        representation == 0 ? Representation.DIRECT : Representation.TANH);
        return new Vit(fields.textOr("name", "vit"), configuration, numerics(fields));
    }

    private static Model bit(JsonFields fields) {
        return new BitResNet(
                fields.textOr("name", "bit"),
                fields.whole("image_size"),
                fields.wholeOr("channels", 3),
                fields.wholes("layers"),
                fields.whole("width"),
                fields.wholeOr("group_norm_groups", 32),
                fields.whole("num_classes"),
                numerics(fields));
    }

    private static Model resnet(JsonFields fields) {
        List<Integer> layers = fields.wholes("layers");
        return new ResNet(
                fields.textOr("name", "resnet"),
                fields.whole("image_size"),
                fields.wholeOr("channels", 3),
                layers,
                fields.choice(
                        "block",
                        Map.of(
                                "BasicBlock", ResNet.Block.BASIC,
                                "Bottleneck", ResNet.Block.BOTTLENECK)),
                fields.wholeOr("width", 64),
                fields.whole("num_classes"),
                numerics(fields));
    }

    private static Model swin(JsonFields fields) {
        return new Swin(
                fields.textOr("name", "swin"),
                fields.whole("image_size"),
                fields.wholeOr("channels", 3),
                fields.whole("patch_size"),
                fields.whole("embed_dim"),
                fields.wholes("depths"),
                fields.wholes("num_heads"),
                fields.whole("window_size"),
                fields.numberOr("mlp_ratio", 4.0),
                fields.whole("num_classes"),
                numerics(fields));
    }

    private static Numerics numerics(JsonFields fields) {
        return new Numerics(
                (float) fields.numberOr("layer_norm_eps", 1e-6),
                fields.choiceOr("gelu", Map.of("erf", Gelu.ERF, "tanh", Gelu.TANH), Gelu.ERF),
                standardization(fields.textOr("weight_standardization", "sqrt(var+1e-8)")),
                (float) fields.numberOr("group_norm_eps", 1e-5),
                fields.numberOr("bn_eps", 1e-5),
                Recipe.VIT);
    }

    private static WeightStandardization standardization(String text) {
        Matcher matcher = STANDARDIZATION.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "weight_standardization is sqrt(var+EPSILON) or std+EPSILON, not '%s'."
                            .formatted(text));
        }
        return new WeightStandardization(
                matcher.group(1).equals("std")
                        ? WeightStandardization.Form.DEVIATION
                        : WeightStandardization.Form.VARIANCE,
                Double.parseDouble(matcher.group(2)));
    }
}
