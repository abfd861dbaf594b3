package org.tornadovit.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tornadovit.lab.measure.Devices;
import org.tornadovit.lab.measure.ModelCandidate;
import org.tornadovit.lab.task.ForwardPass;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options of commands that run one model. */
final class ModelOptionsMixin {
    /** Which model: exactly one of the two is given. */
    private static final class Which {
        @Option(
                names = "--model",
                required = true,
                paramLabel = "NAME",
                description = "Model, such as ViT-B/16, R50+B/16, ResNet-50 or a name of timm's.")
        private String model = "";

        @Option(
                names = "--config",
                required = true,
                paramLabel = "FILE",
                description =
                        "Model described in JSON, as training writes it; run exactly as described.")
        private @Nullable Path config;
    }

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    @Option(
            names = "--weights",
            required = true,
            paramLabel = "FILE",
            description = "Checkpoint: safetensors (timm, Hugging Face, torchvision) or npz.")
    private Path weights = Path.of("");

    @Option(
            names = "--recipe",
            paramLabel = "NAME",
            description = {
                "How images are resized and cropped: vit, timm, timm-center or timm-squash;",
                "as the checkpoint's code base does unless given."
            })
    private @Nullable String recipe;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            defaultValue = "jvm",
            description = "Device (default: ${DEFAULT-VALUE}).")
    private String device = "jvm";

    /** {@return the model with its checkpoint} */
    ModelCandidate candidate(Devices devices) {
        ModelCandidate candidate =
                which.config == null
                        ? ForwardPass.named(which.model, weights, devices)
                        : ForwardPass.described(which.config, weights, devices);
        return recipe == null ? candidate : candidate.withRecipe(recipe);
    }

    String device(Devices devices) {
        return devices.one(device);
    }
}
