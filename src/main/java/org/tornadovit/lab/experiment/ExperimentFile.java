package org.tornadovit.lab.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tornadovit.lab.LabException;

/** Reads experiments from YAML, strictly. */
public final class ExperimentFile {
    private static final String KIND = "compare";

    private ExperimentFile() {}

    /**
     * Reads an experiment.
     *
     * @param file a YAML file
     * @return the experiment, complete with defaults
     * @throws LabException when the file is missing or says what no experiment may say
     */
    public static Experiment read(Path file) {
        return parse(file.toString(), StrictYaml.text(file));
    }

    static Experiment parse(String place, String yaml) {
        if (TrainingFile.isTraining(yaml)) {
            throw new LabException(
                    "%s is a task of kind train; run it with 'tornado-vit train %s'."
                            .formatted(place, place));
        }
        return StrictYaml.parse(place, yaml, Document.class, Document::experiment);
    }

    /** The file as written: what is absent takes its default in {@link #experiment()}. */
    private record Document(
            @Nullable String kind,
            @JsonProperty(required = true) String name,
            @Nullable String question,
            @Nullable List<String> devices,
            @Nullable String reference,
            @Nullable Integer imageSize,
            @Nullable Integer classes,
            @Nullable Long seed,
            @JsonProperty(required = true) List<String> models,
            @Nullable Map<String, String> weights,
            @Nullable List<Integer> batches,
            @Nullable List<String> precisions,
            @Nullable List<PairEntry> pairs,
            @Nullable TimingEntry timing,
            @Nullable Double parity,
            @Nullable AccuracyEntry accuracy) {

        Experiment experiment() {
            if (!or(kind, KIND).equals(KIND)) {
                throw new LabException(
                        "kind '%s' is unknown; it is compare or train.".formatted(kind));
            }
            return new Experiment(
                    name,
                    or(question, ""),
                    or(devices, List.of("all")),
                    or(reference, "jvm"),
                    or(imageSize, 0),
                    or(classes, 0),
                    or(seed, 1L),
                    models,
                    or(weights, Map.of()),
                    or(batches, List.of(1)),
                    or(precisions, List.of("fp32")).stream().map(Precision::of).toList(),
                    or(pairs, List.<PairEntry>of()).stream().map(PairEntry::pair).toList(),
                    timing == null ? Timing.DEFAULT : timing.timing(),
                    or(parity, 1e-4),
                    accuracy == null ? Accuracy.NONE : accuracy.accuracy());
        }
    }

    private record PairEntry(
            @JsonProperty(required = true) String pure,
            @JsonProperty(required = true) String hybrid) {
        Pair pair() {
            return new Pair(pure, hybrid);
        }
    }

    private record TimingEntry(
            @Nullable Integer warmUp,
            @Nullable Double warmUpSeconds,
            @Nullable Integer minRepetitions,
            @Nullable Integer maxRepetitions,
            @Nullable Double maxSeconds,
            @Nullable Double interval,
            @Nullable Double unstableAbove) {
        Timing timing() {
            Timing standard = Timing.DEFAULT;
            return new Timing(
                    or(warmUp, standard.warmUp()),
                    or(warmUpSeconds, standard.warmUpSeconds()),
                    or(minRepetitions, standard.minRepetitions()),
                    or(maxRepetitions, standard.maxRepetitions()),
                    or(maxSeconds, standard.maxSeconds()),
                    or(interval, standard.interval()),
                    or(unstableAbove, standard.unstableAbove()));
        }
    }

    private record AccuracyEntry(
            @JsonProperty(required = true) String method,
            @Nullable String data,
            @Nullable Integer shots,
            @Nullable Integer heldOut,
            @Nullable Integer test,
            @Nullable Long seed) {
        Accuracy accuracy() {
            return new Accuracy(
                    Accuracy.Method.of(method),
                    or(data, "digits"),
                    or(shots, 10),
                    or(heldOut, 5),
                    or(test, 500),
                    or(seed, 1L));
        }
    }

    private static <T> T or(@Nullable T value, T standard) {
        return value == null ? standard : value;
    }
}
