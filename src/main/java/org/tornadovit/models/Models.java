package org.tornadovit.models;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tornadovit.io.InputException;
import org.tornadovit.io.Nearest;

/**
 * The published models by name, as in the papers, with timm's names as aliases.
 *
 * <p>{@code ViT-B/16}, {@code R50+B/16}, {@code R50x1}, {@code ResNet-50}, {@code testing}, {@code
 * toy}, {@code vit_base_patch16_224}, … A name may be followed by the size of the images, {@code
 * ViT-B/16@384}, and by {@link ModelOptions}, {@code ViT-B/16[pool=average,position=2d]}. Names are
 * told apart without regard to case.
 */
public final class Models {
    private static final int IMAGE = 224;
    private static final int RGB = 3;
    private static final int IMAGENET = 1000;

    /**
     * Features, blocks, heads and MLP features of a transformer (table 1, and AugReg's Ti and S).
     */
    private record Size(String name, String timm, int dim, int depth, int heads, int mlpDim) {}

    private static final List<Size> SIZES =
            List.of(
                    new Size("Ti", "tiny", 192, 12, 3, 768),
                    new Size("S", "small", 384, 12, 6, 1536),
                    new Size("B", "base", 768, 12, 12, 3072),
                    new Size("L", "large", 1024, 24, 16, 4096),
                    new Size("H", "huge", 1280, 32, 16, 5120));

    private static final List<Integer> PATCHES = List.of(8, 14, 16, 32);

    /** A transformer's size, the stages of its stem, and the patch on the last map. */
    private record Hybrid(String name, String timm, String size, List<Integer> stages, int patch) {}

    private static final List<Hybrid> HYBRIDS =
            List.of(
                    new Hybrid("R+Ti/16", "vit_tiny_r_s16_p8", "Ti", List.of(), 8),
                    new Hybrid("R26+S/32", "vit_small_r26_s32", "S", List.of(2, 2, 2, 2), 1),
                    new Hybrid("R26+B/32", "vit_base_r26_s32", "B", List.of(2, 2, 2, 2), 1),
                    new Hybrid("R50+B/16", "vit_base_r50_s16", "B", List.of(3, 4, 9), 1),
                    new Hybrid("R50+B/32", "vit_base_r50_s32", "B", List.of(3, 4, 6, 3), 1),
                    new Hybrid("R50+L/16", "vit_large_r50_s16", "L", List.of(3, 4, 9), 1),
                    new Hybrid("R50+L/32", "vit_large_r50_s32", "L", List.of(3, 4, 6, 3), 1));

    private static final Map<Integer, List<Integer>> BIT_STAGES =
            orderedMap(
                    List.of(50, 101, 152, 200),
                    List.of(
                            List.of(3, 4, 6, 3),
                            List.of(3, 4, 23, 3),
                            List.of(3, 8, 36, 3),
                            List.of(3, 24, 36, 3)));

    private static final Map<Integer, List<Integer>> CLASSIC_STAGES =
            orderedMap(
                    List.of(18, 34, 50, 101, 152),
                    List.of(
                            List.of(2, 2, 2, 2),
                            List.of(3, 4, 6, 3),
                            List.of(3, 4, 6, 3),
                            List.of(3, 4, 23, 3),
                            List.of(3, 8, 36, 3)));

    /** Features of the first stage, and blocks of the third. */
    private record SwinSize(String name, String timm, int dim, int third) {}

    private static final List<SwinSize> SWINS =
            List.of(
                    new SwinSize("Swin-T", "swin_tiny_patch4_window7", 96, 6),
                    new SwinSize("Swin-S", "swin_small_patch4_window7", 96, 18),
                    new SwinSize("Swin-B", "swin_base_patch4_window7", 128, 18),
                    new SwinSize("Swin-L", "swin_large_patch4_window7", 192, 18));

    private static final Pattern QUERY =
            Pattern.compile("([^@\\[\\]]+)(?:@(\\d{1,5}))?(?:\\[([^\\]]*)\\])?");
    private static final Pattern TIMM_SIZED = Pattern.compile("(.+)_(\\d{2,4})(?:\\..*)?");
    private static final Map<String, Supplier<Model>> BY_NAME = new LinkedHashMap<>();
    private static final Map<String, String> NAMES = new LinkedHashMap<>();
    private static final Map<String, String> ALIASES = new LinkedHashMap<>();

    static {
        for (Size size : SIZES) {
            for (int patch : PATCHES) {
                String name = "ViT-%s/%d".formatted(size.name, patch);
                register(
                        name,
                        "vit_%s_patch%d".formatted(size.timm, patch),
                        () -> vit(name, size, new PatchStem(patch)));
            }
        }
        for (Hybrid hybrid : HYBRIDS) {
            register(
                    hybrid.name,
                    hybrid.timm,
                    () ->
                            vit(
                                    hybrid.name,
                                    size(hybrid.size),
                                    new ResNetStem(hybrid.stages, hybrid.patch)));
        }
        BIT_STAGES.forEach((layers, stages) -> {
            for (int factor = 1; factor <= 4; factor++) {
                String name = "R%dx%d".formatted(layers, factor);
                int width = 64 * factor;
                register(
                        name,
                        "resnetv2_%dx%d_bit".formatted(layers, factor),
                        () ->
                                new BitResNet(
                                        name,
                                        IMAGE,
                                        RGB,
                                        stages,
                                        width,
                                        IMAGENET,
                                        Numerics.TIMM.with(Recipe.TIMM_BIT)));
            }
        });
        CLASSIC_STAGES.forEach((layers, stages) -> {
            String name = "ResNet-" + layers;
            ResNet.Block block = layers < 50 ? ResNet.Block.BASIC : ResNet.Block.BOTTLENECK;
            register(
                    name,
                    "resnet" + layers,
                    () ->
                            new ResNet(
                                    name,
                                    IMAGE,
                                    RGB,
                                    stages,
                                    block,
                                    64,
                                    IMAGENET,
                                    Numerics.TORCHVISION));
        });
        for (SwinSize size : SWINS) {
            register(
                    size.name,
                    size.timm,
                    () ->
                            new Swin(
                                    size.name,
                                    IMAGE,
                                    RGB,
                                    4,
                                    size.dim,
                                    List.of(2, 2, size.third, 2),
                                    List.of(
                                            size.dim / 32,
                                            size.dim / 16,
                                            size.dim / 8,
                                            size.dim / 4),
                                    7,
                                    4.0,
                                    IMAGENET,
                                    Numerics.SWIN));
        }
        register("testing", "vit_testing_patch16", Models::testing);
        register("toy", "vit_toy_patch7", Models::toy);
    }

    private Models() {}

    /** {@return the names of all models, in the order of the papers} */
    public static List<String> names() {
        return List.copyOf(NAMES.values());
    }

    /** {@return timm's name of model {@code name} without the size of the images} */
    public static String alias(String name) {
        String key = key(name);
        return ALIASES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(key))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    /**
     * {@return the model called {@code name}}
     *
     * @throws InputException when there is none, or when what follows the name is wrong
     */
    public static Model named(String name) {
        Matcher query = QUERY.matcher(name.strip());
        if (!query.matches()) {
            throw unknown(name);
        }
        Model model = find(query.group(1), name);
        try {
            if (query.group(2) != null) {
                model = model.withImageSize(Integer.parseInt(query.group(2)));
            }
            return query.group(3) == null ? model : ModelOptions.apply(model, query.group(3));
        } catch (IllegalArgumentException e) {
            throw new InputException("Model %s: %s".formatted(name, e.getMessage()), e);
        }
    }

    private static Model find(String name, String asked) {
        Supplier<Model> exact = BY_NAME.get(key(name));
        if (exact != null) {
            return exact.get();
        }
        String timm = key(name).replaceFirst("\\..*$", "");
        Matcher sized = TIMM_SIZED.matcher(timm);
        String base = ALIASES.get(timm);
        if (base == null && sized.matches() && ALIASES.containsKey(sized.group(1))) {
            try {
                return get(ALIASES.get(sized.group(1)))
                        .withImageSize(Integer.parseInt(sized.group(2)));
            } catch (IllegalArgumentException e) {
                throw new InputException("Model %s: %s".formatted(asked, e.getMessage()), e);
            }
        }
        if (base == null) {
            throw unknown(asked);
        }
        return get(base);
    }

    private static Model get(@Nullable String key) {
        Supplier<Model> found = key == null ? null : BY_NAME.get(key);
        if (found == null) {
            throw new IllegalStateException("An alias leads nowhere: " + key);
        }
        return found.get();
    }

    private static InputException unknown(String name) {
        String bare = name.strip().replaceFirst("[@\\[].*$", "");
        List<String> known = new ArrayList<>(names());
        known.addAll(ALIASES.keySet());
        return new InputException(
                ("There is no model '%s'.%s There are %s, and timm's names of these such as"
                                + " vit_base_patch16_224.")
                        .formatted(
                                name, Nearest.question(bare, known), String.join(", ", names())));
    }

    private static Vit vit(String name, Size size, Stem stem) {
        return new Vit(
                name,
                new VitConfiguration(
                        IMAGE,
                        RGB,
                        stem,
                        size.dim,
                        size.depth,
                        size.heads,
                        size.mlpDim,
                        IMAGENET,
                        VitConfiguration.Pool.CLASS_TOKEN,
                        VitConfiguration.Position.LEARNED_1D,
                        VitConfiguration.Representation.DIRECT),
                Numerics.TIMM);
    }

    /** The official code's model for unit tests: 21,390 parameters. */
    private static Vit testing() {
        return vit("testing", new Size("testing", "testing", 10, 1, 2, 10), new PatchStem(16));
    }

    /**
     * A toy of five blocks for 224 px: patches of 7, 16 features, the mean of the patches instead
     * of a class token, 10 classes. Its heads have 4 features, its MLP four times the model's.
     */
    private static Vit toy() {
        Vit vit = vit("toy", new Size("toy", "toy", 16, 5, 4, 64), new PatchStem(7));
        return vit.withConfiguration(vit.configuration().withPooling(VitConfiguration.Pool.AVERAGE))
                .withClasses(10);
    }

    private static Size size(String name) {
        return SIZES.stream().filter(size -> size.name.equals(name)).findFirst().orElseThrow();
    }

    private static void register(String name, String timm, Supplier<Model> model) {
        BY_NAME.put(key(name), model);
        NAMES.put(key(name), name);
        ALIASES.put(timm, key(name));
    }

    private static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    private static Map<Integer, List<Integer>> orderedMap(
            List<Integer> keys, List<List<Integer>> values) {
        Map<Integer, List<Integer>> map = new LinkedHashMap<>();
        List<Integer> remaining = new ArrayList<>(keys);
        values.forEach(value -> map.put(remaining.removeFirst(), value));
        return map;
    }
}
