package org.tornadovit.models;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.tornadovit.io.Nearest;
import org.tornadovit.models.VitConfiguration.Pool;
import org.tornadovit.models.VitConfiguration.Position;
import org.tornadovit.models.VitConfiguration.Representation;
import org.tornadovit.nn.Gelu;

/**
 * Departures from a published configuration, {@code key=value} separated by commas.
 *
 * <ul>
 *   <li>{@code classes=10}: size of the classifier, 0 for none
 *   <li>{@code pool=class|average}: what represents the image
 *   <li>{@code position=none|1d|2d|relative}: position embeddings
 *   <li>{@code representation=direct|tanh}: what stands before the classifier
 *   <li>{@code embedding=linear|convolution}: how patches are embedded
 *   <li>{@code numerics=jax|bit|timm|hugging_face|torchvision}: conventions of a code base
 *   <li>{@code gelu=erf|tanh}: the activation alone
 *   <li>{@code resize=align-corners|bilinear|bicubic|bicubic-antialias}: how position embeddings of
 *       a checkpoint are brought to another image size: as the official code does it, or timm and
 *       torch
 * </ul>
 */
public final class ModelOptions {
    private static final Map<String, Pool> POOLS =
            Map.of("class", Pool.CLASS_TOKEN, "average", Pool.AVERAGE);
    private static final Map<String, Position> POSITIONS =
            Map.of(
                    "none", Position.NONE,
                    "1d", Position.LEARNED_1D,
                    "2d", Position.LEARNED_2D,
                    "relative", Position.RELATIVE);
    private static final Map<String, Representation> REPRESENTATIONS =
            Map.of("direct", Representation.DIRECT, "tanh", Representation.TANH);
    private static final Map<String, PatchStem.Form> EMBEDDINGS =
            Map.of(
                    "linear", PatchStem.Form.LINEAR,
                    "convolution", PatchStem.Form.CONVOLUTION);
    private static final Map<String, Numerics> NUMERICS =
            Map.of(
                    "jax", Numerics.JAX,
                    "bit", Numerics.BIT,
                    "timm", Numerics.TIMM,
                    "hugging_face", Numerics.HUGGING_FACE,
                    "torchvision", Numerics.TORCHVISION);
    private static final Map<String, Gelu> GELUS = Map.of("erf", Gelu.ERF, "tanh", Gelu.TANH);

    private static final Map<String, PositionResize> RESIZES =
            Map.of(
                    "align-corners", PositionResize.ALIGN_CORNERS,
                    "bilinear", PositionResize.BILINEAR,
                    "bicubic", PositionResize.BICUBIC,
                    "bicubic-antialias", PositionResize.BICUBIC_ANTIALIAS);

    private static final Map<String, BiFunction<Model, String, Model>> OPTIONS =
            new LinkedHashMap<>();

    static {
        OPTIONS.put("classes", (model, value) -> model.withClasses(number(value)));
        OPTIONS.put(
                "pool",
                (model, value) -> {
                    Vit vit = vit(model, "pool");
                    return vit.withConfiguration(
                            vit.configuration().withPooling(choose(POOLS, value)));
                });
        OPTIONS.put(
                "position",
                (model, value) -> {
                    Vit vit = vit(model, "position");
                    return vit.withConfiguration(
                            vit.configuration().withPosition(choose(POSITIONS, value)));
                });
        OPTIONS.put(
                "representation",
                (model, value) -> {
                    Vit vit = vit(model, "representation");
                    return vit.withConfiguration(
                            vit.configuration().withRepresentation(choose(REPRESENTATIONS, value)));
                });
        OPTIONS.put("embedding", ModelOptions::embedding);
        OPTIONS.put("numerics", (model, value) -> model.withNumerics(choose(NUMERICS, value)));
        OPTIONS.put(
                "gelu",
                (model, value) -> model.withNumerics(model.numerics().with(choose(GELUS, value))));
        OPTIONS.put(
                "resize",
                (model, value) -> {
                    Vit vit = vit(model, "resize");
                    return vit.withConfiguration(
                            vit.configuration().withResize(choose(RESIZES, value)));
                });
    }

    private ModelOptions() {}

    /**
     * {@return {@code model} with {@code options}, such as {@code pool=average,position=2d}}
     *
     * @throws IllegalArgumentException when an option or its value is unknown, or not this model's
     */
    public static Model apply(Model model, String options) {
        Model result = model;
        for (String option : options.split(",", -1)) {
            String[] sides = option.strip().toLowerCase(Locale.ROOT).split("=", 2);
            if (sides.length != 2) {
                throw new IllegalArgumentException(
                        "an option is written key=value, not '%s'.".formatted(option.strip()));
            }
            BiFunction<Model, String, Model> change = OPTIONS.get(sides[0].strip());
            if (change == null) {
                throw new IllegalArgumentException(
                        "there is no option '%s'; there are %s.%s"
                                .formatted(
                                        sides[0].strip(),
                                        String.join(", ", OPTIONS.keySet()),
                                        Nearest.question(sides[0].strip(), OPTIONS.keySet())));
            }
            result = change.apply(result, sides[1].strip());
        }
        return result;
    }

    private static Model embedding(Model model, String value) {
        Vit vit = vit(model, "embedding");
        return switch (vit.configuration().stem()) {
            case PatchStem stem ->
                    vit.withConfiguration(
                            vit.configuration()
                                    .withStem(
                                            new PatchStem(
                                                    stem.patch(), choose(EMBEDDINGS, value))));
            case ResNetStem stem ->
                    throw new IllegalArgumentException(
                            "a hybrid embeds the map of its ResNet, so it has no option"
                                    + " embedding.");
        };
    }

    private static Vit vit(Model model, String option) {
        if (model instanceof Vit vit) {
            return vit;
        }
        throw new IllegalArgumentException("only a ViT has the option %s.".formatted(option));
    }

    private static int number(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'%s' is not a whole number.".formatted(value), e);
        }
    }

    private static <T> T choose(Map<String, T> choices, String value) {
        T found = choices.get(value);
        if (found == null) {
            throw new IllegalArgumentException(
                    "'%s' is not one of %s."
                            .formatted(
                                    value,
                                    Arrays.stream(choices.keySet().toArray(String[]::new))
                                            .sorted()
                                            .collect(Collectors.joining(", "))));
        }
        return found;
    }
}
