package org.tornadovit.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tornadovit.lab.task.ExportModel;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a model for other programs. */
@Command(
        name = "export",
        description = {
            "Write a model with its weights as an ONNX file (operator set 17, float32, any batch).",
            "A model of more than 2 GiB keeps its weights in OUTPUT.data, beside the file."
        },
        mixinStandardHelpOptions = true)
final class ExportCommand implements Runnable {
    /** Where weights come from: at most one of the two is given. */
    private static final class Origin {
        @Option(
                names = "--weights",
                required = true,
                paramLabel = "FILE",
                description = "Checkpoint: safetensors or npz; the model is made to fit it.")
        private @Nullable Path file;

        @Option(
                names = "--seed",
                required = true,
                paramLabel = "N",
                description = "Seed of random weights, where there is no checkpoint (default: 1).")
        private long seed = 1;
    }

    @Spec private CommandSpec spec;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "onnx",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private ExportModel.Format format = ExportModel.Format.ONNX;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "NAME",
            description = "Model, such as ViT-B/16, R50+B/16, ResNet-50 or a name of timm's.")
    private String model = "";

    @Option(
            names = "--image-size",
            paramLabel = "PIXELS",
            defaultValue = "0",
            description = "Side of the images, where it is not the model's own.")
    private int imageSize;

    @ArgGroup private Origin origin = new Origin();

    @Option(
            names = "--output",
            required = true,
            paramLabel = "FILE",
            description = "Where the model goes; its folder is made.")
    private Path output = Path.of("");

    @Override
    public void run() {
        ExportModel.Source source =
                origin.file == null
                        ? ExportModel.random(model, imageSize, origin.seed)
                        : ExportModel.load(model, imageSize, origin.file);
        List<Path> files = ExportModel.run(source, format, output);
        spec.commandLine()
                .getErr()
                .printf(
                        "%s is in %s.%n",
                        model,
                        files.stream().map(Path::toString).collect(Collectors.joining(" and ")));
    }
}
