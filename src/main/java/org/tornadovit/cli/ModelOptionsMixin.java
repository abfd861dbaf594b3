package org.tornadovit.cli;

import java.nio.file.Path;
import org.tornadovit.lab.measure.Devices;
import picocli.CommandLine.Option;

/** The options of commands that run one model. */
final class ModelOptionsMixin {
    @Option(
            names = "--model",
            required = true,
            paramLabel = "NAME",
            description = "Model, such as ViT-B/16, R50+B/16, ResNet-50 or a name of timm's.")
    private String model = "";

    @Option(
            names = "--weights",
            required = true,
            paramLabel = "FILE",
            description = "Checkpoint: safetensors (timm, Hugging Face, torchvision) or npz.")
    private Path weights = Path.of("");

    @Option(
            names = "--device",
            paramLabel = "NAME",
            defaultValue = "jvm",
            description = "Device (default: ${DEFAULT-VALUE}).")
    private String device = "jvm";

    String model() {
        return model;
    }

    Path weights() {
        return weights;
    }

    String device(Devices devices) {
        return devices.one(device);
    }
}
