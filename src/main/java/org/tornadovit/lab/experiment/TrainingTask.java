package org.tornadovit.lab.experiment;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.tornadovit.io.Nearest;
import org.tornadovit.lab.LabException;

/**
 * What a training task trains: every model with every number of images and every seed.
 *
 * @param name name of the task, part of the results' path
 * @param question what the table is to answer, in a sentence
 * @param size {@code smoke} or {@code full}
 * @param device where training runs
 * @param data {@code digits} for the embedded set, or the path of a folder or zip file of images by
 *     class, or of CIFAR's binary files
 * @param imageSize side of the square input in pixels
 * @param images numbers of images to learn from, each a part of the next; 0 for all there are
 * @param heldOut images of the training part that are kept back and looked at while training
 * @param test images of the test part that are counted at the end, at most
 * @param shots labelled images a class for the few-shot accuracy; 0 for none
 * @param evaluations how often a run is looked at, its end included
 * @param models what is trained
 * @param recipe how
 * @param seeds of weights, order and augmentation: a run of every model for each
 * @param fineTuning what follows, if anything
 * @param devices where the trained models' speed is measured at the end; may be none
 * @param minutes after which no further run is begun
 * @param claims what is looked for in the results
 */
public record TrainingTask(
        String name,
        String question,
        String size,
        String device,
        String data,
        int imageSize,
        List<Integer> images,
        int heldOut,
        int test,
        int shots,
        int evaluations,
        List<TrainedModel> models,
        TrainingSettings recipe,
        List<Long> seeds,
        Optional<FineTuning> fineTuning,
        List<String> devices,
        double minutes,
        List<Claim> claims) {

    private static final Set<String> FAMILIES = Set.of("pure", "hybrid", "resnet");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    /** Checks that the parts fit together. */
    public TrainingTask {
        if (!NAME.matcher(name).matches()) {
            throw new LabException(
                    "name '" + name + "' must be letters, digits, '.', '_' and '-' only.");
        }
        images = distinct("images", images);
        seeds = distinct("seeds", seeds);
        models = List.copyOf(models);
        claims = List.copyOf(claims);
        devices = List.copyOf(devices);
        distinct("models", models.stream().map(TrainedModel::name).toList());
        require(imageSize >= 1, "image-size", "at least 1", imageSize);
        require(heldOut >= 0, "held-out", "at least 0", heldOut);
        require(test >= 1, "test", "at least 1", test);
        require(shots >= 0, "shots", "at least 0", shots);
        require(evaluations >= 1, "evaluations", "at least 1", evaluations);
        require(minutes > 0, "minutes", "above 0", minutes);
        for (int count : images) {
            require(count >= 0, "images", "at least 0", count);
        }
        Set<String> variants = variants(models, fineTuning);
        for (Claim claim : claims) {
            switch (claim) {
                case Claim.Better(String model, String than) -> known(variants, model, than);
                case Claim.Gains(String model, String over) -> known(variants, model, over);
                case Claim.Crossover(String leads, String then) -> known(FAMILIES, leads, then);
            }
        }
    }

    /** {@return what tables call the models, and the models at the sizes of fine-tuning} */
    private static Set<String> variants(List<TrainedModel> models, Optional<FineTuning> tuning) {
        Set<String> variants = new TreeSet<>();
        for (TrainedModel model : models) {
            variants.add(model.name());
            for (int size : tuning.map(FineTuning::imageSizes).orElse(List.of())) {
                variants.add(model.name() + "@" + size);
            }
        }
        return variants;
    }

    private static void known(Set<String> known, String first, String second) {
        for (String name : List.of(first, second)) {
            if (!known.contains(name)) {
                throw new LabException(
                        "claims names '%s'; there are %s.%s"
                                .formatted(
                                        name,
                                        String.join(", ", new TreeSet<>(known)),
                                        Nearest.question(name, known)));
            }
        }
    }

    private static <T> List<T> distinct(String key, List<T> values) {
        if (values.isEmpty()) {
            throw new LabException(key + " must name at least one.");
        }
        Set<T> seen = new HashSet<>();
        for (T value : values) {
            if (!seen.add(value)) {
                throw new LabException(key + " names " + value + " twice.");
            }
        }
        return List.copyOf(values);
    }

    private static void require(boolean holds, String key, String bound, Number value) {
        if (!holds) {
            throw new LabException(key + " must be " + bound + ", not " + value + ".");
        }
    }

    /** {@return this task on other data} */
    public TrainingTask onData(String other) {
        return new TrainingTask(
                name,
                question,
                size,
                device,
                other,
                imageSize,
                images,
                heldOut,
                test,
                shots,
                evaluations,
                models,
                recipe,
                seeds,
                fineTuning,
                devices,
                minutes,
                claims);
    }

    /** {@return this task on another device} */
    public TrainingTask onDevice(String other) {
        return new TrainingTask(
                name,
                question,
                size,
                other,
                data,
                imageSize,
                images,
                heldOut,
                test,
                shots,
                evaluations,
                models,
                recipe,
                seeds,
                fineTuning,
                devices,
                minutes,
                claims);
    }
}
