package org.tornadovit.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tornadovit.io.Checkpoint;
import org.tornadovit.io.CheckpointException;
import org.tornadovit.models.Naming.Key;
import org.tornadovit.models.Naming.Source;
import org.tornadovit.nn.WeightSpec;
import org.tornadovit.nn.Weights;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Fills models from checkpoints of timm, torchvision, Hugging Face, the official ViT code and Big
 * Transfer, whose names and layouts are told apart by the keys.
 */
public final class CheckpointWeights {

    /** Keys that a model does not need at inference. */
    private static final Pattern IGNORED =
            Pattern.compile(
                    ".*(num_batches_tracked|relative_position_index|attn_mask|mask_token|position_ids"
                            + "|pooler\\.dense\\.(weight|bias))");

    /** Weights that are looked for to tell namings apart. */
    private static final int SAMPLE = 24;

    /** A naming, and how many weights of the sample are there under its names. */
    private record Match(Naming naming, String prefix, long found) {}

    /**
     * A model made to fit a checkpoint, with its weights.
     *
     * @param model the model, with the checkpoint's classifier and conventions
     * @param weights its weights
     * @param origin the code base that the names are of
     */
    public record Loaded(Model model, Weights weights, String origin) {}

    private CheckpointWeights() {}

    /**
     * Makes {@code model} fit {@code checkpoint} and loads its weights: the classifier takes the
     * size that it has there (none, if there is none), a pre-logits layer is added if there is one,
     * and the numeric conventions are those of the code base that the names are of. Position
     * embeddings are resized as the model says.
     *
     * @throws CheckpointException as {@link #load}
     */
    public static Loaded adapt(Model model, Checkpoint checkpoint) {
        return adapt(model, checkpoint, resize(model));
    }

    /** As {@link #adapt(Model, Checkpoint)}, with another way to resize position embeddings. */
    public static Loaded adapt(Model model, Checkpoint checkpoint, PositionResize resize) {
        Match match = match(model, checkpoint);
        Model adapted = model.withNumerics(numerics(model, match.naming));
        if (adapted instanceof Vit vit) {
            boolean tanh = source("pre_logits.fc.weight", match, checkpoint).isPresent();
            adapted =
                    vit.withConfiguration(
                            vit.configuration()
                                    .withRepresentation(
                                            tanh
                                                    ? VitConfiguration.Representation.TANH
                                                    : VitConfiguration.Representation.DIRECT));
        }
        int classes =
                source(model.classifier() + ".bias", match, checkpoint)
                        .map(source ->
                                Math.toIntExact(elements(source.keys().getFirst(), checkpoint)))
                        .orElse(0);
        adapted = adapted.withClasses(classes);
        return new Loaded(adapted, load(adapted, checkpoint, resize), match.naming.name());
    }

    private static PositionResize resize(Model model) {
        return model instanceof Vit vit
                ? vit.configuration().resize()
                : PositionResize.ALIGN_CORNERS;
    }

    /** As {@link #load(Model, Checkpoint, PositionResize)}, resized as the model says. */
    public static Weights load(Model model, Checkpoint checkpoint) {
        return load(model, checkpoint, resize(model));
    }

    /**
     * {@return the weights of {@code model}, which must fit it but for the size of position
     * embeddings}
     *
     * @throws CheckpointException when the names are of no known code base; when a key is missing
     *     or has another shape, both of which are named; when there are arrays that the model does
     *     not use, so that it is another model's; when a value is NaN or infinite
     */
    public static Weights load(Model model, Checkpoint checkpoint, PositionResize resize) {
        Match match = match(model, checkpoint);
        List<WeightReader> readers =
                model.weights().stream()
                        .map(s -> new WeightReader(checkpoint, s, required(s, match, checkpoint)))
                        .toList();
        requireAllUsed(model, readers, checkpoint, match);
        Map<String, FloatArray> values = new ConcurrentHashMap<>();
        Optional<PositionGrid> grid = model.positionGrid();
        readers.parallelStream()
                .forEach(reader -> {
                    String name = reader.spec().name();
                    boolean positions = grid.isPresent() && grid.get().weight().equals(name);
                    values.put(
                            name, positions ? reader.positions(grid.get(), resize) : reader.read());
                });
        return Weights.of(model.weights(), values);
    }

    /** {@return the conventions that a file of this naming has for this model} */
    private static Numerics numerics(Model model, Naming naming) {
        return switch (model) {
            case Vit vit when naming == Namings.TORCHVISION -> Numerics.TORCHVISION;
            case Vit vit -> naming.numerics();
            case BitResNet bit when naming == Namings.TIMM -> Numerics.TIMM.with(Recipe.TIMM_BIT);
            case BitResNet bit -> naming.numerics();
            case ResNet resnet -> Numerics.TORCHVISION;
            case Swin swin -> Numerics.SWIN;
        };
    }

    private static Match match(Model model, Checkpoint checkpoint) {
        List<WeightSpec> specs = model.weights();
        List<String> sample = new ArrayList<>();
        for (int i = 0; i < specs.size(); i += Math.ceilDiv(specs.size(), SAMPLE)) {
            sample.add(specs.get(i).name());
        }
        Match best = new Match(Namings.TIMM, "", 0);
        for (Naming naming : Namings.ALL) {
            for (String prefix : naming.prefixes()) {
                Match match = new Match(naming, prefix, 0);
                long found =
                        sample.stream()
                                .filter(name -> source(name, match, checkpoint).isPresent())
                                .count();
                if (found > best.found) {
                    best = new Match(naming, prefix, found);
                }
            }
        }
        if (best.found * 4 < sample.size()) {
            throw new CheckpointException(
                    ("%s does not fit %s: hardly any of its %d weights is there under the names of"
                                    + " %s; the keys of the file are like %s.")
                            .formatted(
                                    checkpoint.file(),
                                    model.name(),
                                    specs.size(),
                                    Namings.ALL.stream()
                                            .map(Naming::name)
                                            .collect(Collectors.joining(", ")),
                                    checkpoint.names().stream()
                                            .limit(3)
                                            .collect(Collectors.joining(", "))));
        }
        return best;
    }

    private static Optional<Source> source(String weight, Match match, Checkpoint checkpoint) {
        return match.naming.source(weight, match.prefix, checkpoint::contains);
    }

    private static Source required(WeightSpec spec, Match match, Checkpoint checkpoint) {
        return source(spec.name(), match, checkpoint)
                .orElseThrow(() -> lacking(spec, match, checkpoint));
    }

    private static CheckpointException lacking(
            WeightSpec spec, Match match, Checkpoint checkpoint) {
        match.naming
                .candidates(spec.name(), match.prefix)
                .forEach(source ->
                        source.keys().forEach(key -> checkpoint.requireReadable(key.name())));
        return new CheckpointException(
                "%s lacks %s of shape %s, %s."
                        .formatted(
                                checkpoint.file(),
                                spec.name(),
                                spec.shape(),
                                lookedFor(spec, match)));
    }

    private static String lookedFor(WeightSpec spec, Match match) {
        String keys =
                match.naming.candidates(spec.name(), match.prefix).stream()
                        .map(source -> source.keys().getFirst().name())
                        .distinct()
                        .limit(3)
                        .collect(Collectors.joining(" or "));
        return keys.isEmpty()
                ? "for which the naming of its other weights, %s, has no key: it is another model's"
                        .formatted(match.naming.name())
                : "looked for " + keys;
    }

    private static long elements(Key key, Checkpoint checkpoint) {
        long product = 1;
        for (long extent : checkpoint.shape(key.name())) {
            product *= extent;
        }
        return product;
    }

    private static void requireAllUsed(
            Model model, List<WeightReader> readers, Checkpoint checkpoint, Match match) {
        Set<String> used = new HashSet<>();
        for (WeightReader reader : readers) {
            reader.source().keys().forEach(key -> used.add(key.name()));
        }
        List<String> unused = new ArrayList<>();
        for (String name : checkpoint.names()) {
            if (name.startsWith(match.prefix)
                    && !used.contains(name)
                    && !IGNORED.matcher(name).matches()) {
                unused.add(name);
            }
        }
        if (!unused.isEmpty()) {
            throw new CheckpointException(
                    "%s is not of %s, which does not use %d of its arrays, such as %s %s."
                            .formatted(
                                    checkpoint.file(),
                                    model.name(),
                                    unused.size(),
                                    unused.getFirst(),
                                    Arrays.toString(checkpoint.shape(unused.getFirst()))));
        }
    }
}
