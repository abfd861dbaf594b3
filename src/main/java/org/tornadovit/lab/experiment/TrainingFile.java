package org.tornadovit.lab.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tornadovit.io.Nearest;
import org.tornadovit.io.batch.Augmentation;
import org.tornadovit.lab.LabException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads training tasks from YAML, strictly. A file has two sizes: the keys at the top, and what
 * {@code sizes.smoke} and {@code sizes.full} say instead, block by block.
 */
public final class TrainingFile {
    /** Names of the sizes that a file may have. */
    public static final List<String> SIZES = List.of("smoke", "full");

    private static final Pattern KIND =
            Pattern.compile("(?m)^kind:\\s*['\"]?train['\"]?\\s*(#.*)?$");
    private static final String OVERLAYS = "sizes";

    private TrainingFile() {}

    /**
     * Reads a task.
     *
     * @param file a YAML file of kind train
     * @param size one of {@link #SIZES}
     * @return the task, complete with defaults
     * @throws LabException when the file is missing, says what no task may say in any of its sizes,
     *     or is of another kind
     */
    public static TrainingTask read(Path file, String size) {
        return parse(file.toString(), StrictYaml.text(file), size);
    }

    /** {@return whether a file is of this kind} */
    static boolean isTraining(String yaml) {
        return KIND.matcher(yaml).find();
    }

    static TrainingTask parse(String place, String yaml, String size) {
        if (!SIZES.contains(size)) {
            throw new LabException(
                    "There is no size '%s'; there are %s.%s"
                            .formatted(
                                    size, String.join(", ", SIZES), Nearest.question(size, SIZES)));
        }
        JsonNode tree = StrictYaml.tree(place, yaml);
        if (!isTraining(yaml) || !(tree instanceof ObjectNode whole)) {
            throw new LabException(
                    "%s is no task of kind train; run it with 'tornado-vit compare %s'."
                            .formatted(place, place));
        }
        JsonNode overlays = whole.path(OVERLAYS);
        ObjectNode base = whole.deepCopy();
        base.remove(OVERLAYS);
        requireSizes(place, yaml, overlays);
        TrainingTask chosen = bind(place, yaml, base, overlays.path(size), size);
        for (String other : SIZES) {
            if (!other.equals(size)) {
                bind(place, yaml, base, overlays.path(other), other);
            }
        }
        return chosen;
    }

    private static void requireSizes(String place, String yaml, JsonNode overlays) {
        if (!overlays.isMissingNode()) {
            StrictYaml.bind(
                    place,
                    yaml,
                    overlays,
                    Overlays.class,
                    keys -> Stream.concat(Stream.of(OVERLAYS), keys.stream()).toList());
        }
    }

    private static TrainingTask bind(
            String place, String yaml, ObjectNode base, JsonNode overlay, String size) {
        ObjectNode merged = base.deepCopy();
        if (overlay instanceof ObjectNode other) {
            merge(merged, other);
        }
        Document document =
                StrictYaml.bind(
                        place,
                        yaml,
                        merged,
                        Document.class,
                        keys ->
                                holds(overlay, keys)
                                        ? Stream.concat(Stream.of(OVERLAYS, size), keys.stream())
                                                .toList()
                                        : keys);
        try {
            return document.task(size);
        } catch (LabException | org.tornadovit.io.InputException e) {
            throw new LabException("%s (%s): %s".formatted(place, size, e.getMessage()), e);
        }
    }

    private static boolean holds(JsonNode tree, List<String> keys) {
        JsonNode at = tree;
        for (String key : keys) {
            at = at.path(key);
        }
        return !at.isMissingNode();
    }

    /** Blocks are put together key by key; all else is replaced. */
    private static void merge(ObjectNode base, ObjectNode overlay) {
        for (Map.Entry<String, JsonNode> property : overlay.properties()) {
            if (property.getValue() instanceof ObjectNode inner
                    && base.get(property.getKey()) instanceof ObjectNode outer) {
                merge(outer, inner);
            } else {
                base.set(property.getKey(), property.getValue());
            }
        }
    }

    private record Overlays(@Nullable ObjectNode smoke, @Nullable ObjectNode full) {}

    /** The file as written: what is absent takes its default in {@link #task}. */
    private record Document(
            @JsonProperty(required = true) String kind,
            @JsonProperty(required = true) String name,
            @Nullable String question,
            @Nullable String device,
            @Nullable String data,
            @JsonProperty(required = true) Integer imageSize,
            @Nullable List<Integer> images,
            @Nullable Integer heldOut,
            @Nullable Integer test,
            @Nullable Integer shots,
            @Nullable Integer evaluations,
            @JsonProperty(required = true) List<ObjectNode> models,
            @Nullable RecipeEntry recipe,
            @Nullable List<Long> seeds,
            @Nullable FineTuningEntry fineTune,
            @Nullable List<String> devices,
            @Nullable Double minutes,
            @Nullable List<ClaimEntry> claims) {

        TrainingTask task(String size) {
            TrainingSettings learned =
                    recipe == null
                            ? TrainingSettings.DEFAULT
                            : recipe.recipe(TrainingSettings.DEFAULT);
            return new TrainingTask(
                    name,
                    or(question, ""),
                    size,
                    or(device, "jvm"),
                    or(data, "digits"),
                    imageSize,
                    or(images, List.of(0)),
                    or(heldOut, 0),
                    or(test, Integer.MAX_VALUE),
                    or(shots, 0),
                    or(evaluations, 5),
                    models.stream().map(Document::model).toList(),
                    learned,
                    or(seeds, List.of(1L)),
                    Optional.ofNullable(fineTune).map(entry -> entry.fineTuning(learned)),
                    or(devices, List.<String>of()),
                    or(minutes, Double.MAX_VALUE),
                    claims(claims));
        }

        private static TrainedModel model(ObjectNode node) {
            Map<String, JsonNode> fields = new LinkedHashMap<>();
            node.properties().forEach(p -> fields.put(p.getKey(), p.getValue()));
            JsonNode name = fields.remove("name");
            if (name == null || !name.isString()) {
                throw new LabException("a model has a key 'name' with text, unlike " + node + ".");
            }
            return new TrainedModel(name.stringValue(), fields);
        }

        private static List<Claim> claims(@Nullable List<ClaimEntry> entries) {
            List<Claim> claims = new ArrayList<>();
            for (ClaimEntry entry : or(entries, List.<ClaimEntry>of())) {
                claims.add(entry.claim());
            }
            return claims;
        }
    }

    private record RecipeEntry(
            @Nullable String optimizer,
            @Nullable Double learningRate,
            @Nullable String schedule,
            @Nullable Double warmUp,
            @Nullable Double weightDecay,
            @Nullable Double momentum,
            @Nullable Double clip,
            @Nullable Integer batch,
            @Nullable Double epochs,
            @Nullable Integer steps,
            @Nullable Double ema,
            @Nullable Double dropout,
            @Nullable Double stochasticDepth,
            @Nullable Double labelSmoothing,
            @Nullable Double mixup,
            @Nullable Integer padding,
            @Nullable Double flip) {

        TrainingSettings recipe(TrainingSettings standard) {
            Augmentation images = standard.augmentation();
            return new TrainingSettings(
                    choice("optimizer", optimizer, standard.optimizer()),
                    or(learningRate, standard.learningRate()),
                    choice("schedule", schedule, standard.schedule()),
                    or(warmUp, standard.warmUp()),
                    or(weightDecay, standard.weightDecay()),
                    or(momentum, standard.momentum()),
                    or(clip, standard.clip()),
                    or(batch, standard.batch()),
                    or(epochs, standard.epochs()),
                    or(steps, standard.steps()),
                    or(ema, standard.ema()),
                    or(dropout, standard.dropout()),
                    or(stochasticDepth, standard.stochasticDepth()),
                    new Augmentation(
                            or(padding, images.padding()),
                            or(flip, images.flip()),
                            or(mixup, images.mixup()),
                            or(labelSmoothing, images.smoothing())));
        }
    }

    private record FineTuningEntry(
            @JsonProperty(required = true) List<Integer> imageSizes,
            @Nullable RecipeEntry recipe,
            @Nullable String head,
            @Nullable List<String> frozen) {

        FineTuning fineTuning(TrainingSettings standard) {
            return new FineTuning(
                    imageSizes,
                    recipe == null ? standard : recipe.recipe(standard),
                    choice("head", head, FineTuning.Head.KEEP),
                    or(frozen, List.<String>of()));
        }
    }

    private record ClaimEntry(
            @Nullable String better,
            @Nullable String than,
            @Nullable String leads,
            @Nullable String then,
            @Nullable String gains,
            @Nullable String over) {

        Claim claim() {
            long given =
                    Stream.of(better, than, leads, then, gains, over)
                            .filter(word -> word != null)
                            .count();
            if (given == 2 && better != null && than != null) {
                return new Claim.Better(better, than);
            }
            if (given == 2 && leads != null && then != null) {
                return new Claim.Crossover(leads, then);
            }
            if (given == 2 && gains != null && over != null) {
                return new Claim.Gains(gains, over);
            }
            throw new LabException(
                    "a claim is {better: A, than: B}, {leads: A, then: B} or {gains: A, over: B}.");
        }
    }

    private static <E extends Enum<E>> E choice(String key, @Nullable String word, E standard) {
        if (word == null) {
            return standard;
        }
        E[] all = standard.getDeclaringClass().getEnumConstants();
        List<String> words = new ArrayList<>();
        for (E one : all) {
            String known = one.name().toLowerCase(Locale.ROOT);
            words.add(known);
            if (known.equals(word)) {
                return one;
            }
        }
        throw new LabException(
                "%s '%s' is unknown; it is %s.%s"
                        .formatted(
                                key,
                                word,
                                String.join(" or ", words),
                                Nearest.question(word, words)));
    }

    private static <T> T or(@Nullable T value, T standard) {
        return value == null ? standard : value;
    }
}
