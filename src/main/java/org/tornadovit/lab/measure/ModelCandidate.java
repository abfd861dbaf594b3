package org.tornadovit.lab.measure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.tornadovit.io.Checkpoint;
import org.tornadovit.io.image.Preprocessing;
import org.tornadovit.lab.LabException;
import org.tornadovit.lab.experiment.Precision;
import org.tornadovit.models.BitResNet;
import org.tornadovit.models.CheckpointWeights;
import org.tornadovit.models.Model;
import org.tornadovit.models.Models;
import org.tornadovit.models.PatchStem;
import org.tornadovit.models.ResNet;
import org.tornadovit.models.ResNetStem;
import org.tornadovit.models.Swin;
import org.tornadovit.models.Vit;
import org.tornadovit.nn.Weights;

/** A model of the library with its weights. */
public final class ModelCandidate implements Candidate {
    private final String name;
    private final Model model;
    private final Weights weights;
    private final Supplier<String> origin;
    private final Devices devices;
    private final Preprocessing preprocessing;

    private ModelCandidate(
            String name, Model model, Weights weights, Supplier<String> origin, Devices devices) {
        this(
                name,
                model,
                weights,
                origin,
                devices,
                model.numerics().recipe().at(model.imageSize()));
    }

    private ModelCandidate(
            String name,
            Model model,
            Weights weights,
            Supplier<String> origin,
            Devices devices,
            Preprocessing preprocessing) {
        this.name = name;
        this.model = model;
        this.weights = weights;
        this.origin = origin;
        this.devices = devices;
        this.preprocessing = preprocessing;
    }

    /**
     * A model with seeded random weights.
     *
     * @param name what tables call it
     * @param model the configuration
     * @param seed seed of the weights
     * @param devices the devices found
     * @return the model
     */
    public static ModelCandidate random(String name, Model model, long seed, Devices devices) {
        return new ModelCandidate(
                name, model, model.randomWeights(seed), () -> "random:" + seed, devices);
    }

    /**
     * A model with weights that are at hand.
     *
     * @param model the configuration
     * @param weights its weights
     * @param origin where they come from
     * @param devices the devices found
     * @return the model
     */
    public static ModelCandidate of(Model model, Weights weights, String origin, Devices devices) {
        return new ModelCandidate(model.name(), model, weights, () -> origin, devices);
    }

    /**
     * A model that is made to fit a checkpoint: its classifier and its conventions are those of the
     * file.
     *
     * @param name what tables call it
     * @param model the configuration
     * @param file the checkpoint
     * @param devices the devices found
     * @return the model
     * @throws org.tornadovit.io.InputException when the file is no checkpoint of this model
     */
    public static ModelCandidate load(String name, Model model, Path file, Devices devices) {
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            CheckpointWeights.Loaded loaded = CheckpointWeights.adapt(model, checkpoint);
            return new ModelCandidate(
                    name, loaded.model(), loaded.weights(), () -> digest(file), devices);
        }
    }

    /**
     * A named model that is made to fit a checkpoint.
     *
     * @param name name of the model
     * @param file the checkpoint
     * @param devices the devices found
     * @return the model
     * @throws org.tornadovit.io.InputException when there is no such model or the file is no
     *     checkpoint of it
     */
    public static ModelCandidate load(String name, Path file, Devices devices) {
        return load(name, Models.named(name), file, devices);
    }

    /**
     * The same model on images that are resized and cropped in another way.
     *
     * @param recipe as {@link Preprocessing#named} knows it; the normalisation stays the model's
     * @return the model
     * @throws org.tornadovit.io.InputException when there is no such recipe
     */
    public ModelCandidate withRecipe(String recipe) {
        Preprocessing other = Preprocessing.named(recipe, model.imageSize());
        return new ModelCandidate(
                name, model, weights, origin, devices, other.with(preprocessing.normalisation()));
    }

    /**
     * A model exactly as configured, with the weights of a checkpoint.
     *
     * @param model the configuration
     * @param file the checkpoint
     * @param devices the devices found
     * @return the model
     * @throws org.tornadovit.io.InputException when the file is no checkpoint of this model
     */
    public static ModelCandidate loadExactly(Model model, Path file, Devices devices) {
        return loadExactly(model.name(), model, file, devices);
    }

    /** As {@link #loadExactly(Model, Path, Devices)}, under another name. */
    public static ModelCandidate loadExactly(String name, Model model, Path file, Devices devices) {
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            Weights weights = CheckpointWeights.load(model, checkpoint);
            return new ModelCandidate(name, model, weights, () -> digest(file), devices);
        }
    }

    private static String digest(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] block = new byte[1 << 20];
            for (int read = stream.read(block); read >= 0; read = stream.read(block)) {
                digest.update(block, 0, read);
            }
            return "sha256:" + HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new LabException("Cannot read " + file + ": " + e.getMessage() + ".", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    /** {@return the configuration} */
    public Model model() {
        return model;
    }

    @Override
    public Family family() {
        return family(model);
    }

    /** {@return what a model looks at first} */
    public static Family family(Model model) {
        return switch (model) {
            case Vit vit ->
                    switch (vit.configuration().stem()) {
                        case PatchStem _ -> Family.PURE;
                        case ResNetStem _ -> Family.HYBRID;
                    };
            case Swin _ -> Family.PURE;
            case BitResNet _, ResNet _ -> Family.RESNET;
        };
    }

    @Override
    public int imageSize() {
        return model.imageSize();
    }

    @Override
    public int inputLength() {
        return model.channels() * model.imageSize() * model.imageSize();
    }

    @Override
    public long parameters() {
        return model.parameterCount();
    }

    @Override
    public long macs() {
        return model.macs().total();
    }

    @Override
    public String weights() {
        return origin.get();
    }

    @Override
    public Recipe recipe() {
        return preprocessing::apply;
    }

    @Override
    public Prepared prepare(String device, int batch, Precision precision) {
        if (device.equals(Devices.NONE)) {
            throw new LabException(
                    "The device none compiles kernels and runs nothing; choose one that does.");
        }
        return new ModelPrepared(model.build(batch, weights), devices.device(device), precision);
    }
}
