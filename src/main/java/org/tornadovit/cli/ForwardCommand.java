package org.tornadovit.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tornadovit.lab.experiment.Precision;
import org.tornadovit.lab.measure.Devices;
import org.tornadovit.lab.measure.ModelCandidate;
import org.tornadovit.lab.task.ForwardPass;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs one forward pass from file to file. */
@Command(
        name = "forward",
        description = "Run one forward pass on an array of images, for comparison with others.",
        mixinStandardHelpOptions = true)
final class ForwardCommand implements Runnable {
    /** Which model: exactly one of the two is given. */
    private static final class Which {
        @Option(
                names = "--config",
                required = true,
                paramLabel = "FILE",
                description = "Model described in JSON, run exactly as described.")
        private @Nullable Path config;

        @Option(
                names = "--model",
                required = true,
                paramLabel = "NAME",
                description = "Named model, made to fit the checkpoint.")
        private String model = "";
    }

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    @Option(
            names = "--weights",
            required = true,
            paramLabel = "FILE",
            description = "Checkpoint: safetensors or npz.")
    private Path weights = Path.of("");

    @Option(
            names = "--input",
            required = true,
            paramLabel = "FILE",
            description = "Images, float32 [batch, channels, height, width], as .npy.")
    private Path input = Path.of("");

    @Option(
            names = "--output",
            required = true,
            paramLabel = "FILE",
            description =
                    "Where the logits go, float32 [batch, classes], as .npy; its folder is made.")
    private Path output = Path.of("");

    @Option(
            names = "--device",
            paramLabel = "NAME",
            defaultValue = "jvm",
            description = "Device (default: ${DEFAULT-VALUE}).")
    private String device = "jvm";

    @Option(
            names = "--precision",
            paramLabel = "NAME",
            defaultValue = "fp32",
            description =
                    "How weights and activations are stored: fp32, fp16 or bf16 (default:"
                            + " ${DEFAULT-VALUE}).")
    private String precision = "fp32";

    @Override
    public void run() {
        Devices devices = new Devices();
        String one = devices.one(device);
        ModelCandidate candidate =
                which.config == null
                        ? ForwardPass.named(which.model, weights, devices)
                        : ForwardPass.described(which.config, weights, devices);
        ForwardPass.run(candidate, input, output, one, Precision.of(precision));
    }
}
