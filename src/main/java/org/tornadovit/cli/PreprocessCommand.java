package org.tornadovit.cli;

import java.nio.file.Path;
import org.tornadovit.lab.task.PreprocessImage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Resizes and crops an image. */
@Command(
        name = "preprocess",
        description = "Resize and crop an image as a code base does, before normalisation.",
        mixinStandardHelpOptions = true)
final class PreprocessCommand implements Runnable {
    @Option(
            names = "--recipe",
            required = true,
            paramLabel = "NAME",
            description = {
                "vit (stretch, bilinear); timm (bicubic, central 0.9 below 384 px, else",
                "stretch); timm-center (central 0.9, from 384 px on the central square);",
                "timm-squash (bicubic, stretch)."
            })
    private String recipe = "";

    @Option(
            names = "--size",
            required = true,
            paramLabel = "S",
            description = "Side of the result in pixels.")
    private int size;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "FILE",
            description = "Where uint8 [S, S, 3] goes, as .npy; its folder is made.")
    private Path output = Path.of("");

    @Parameters(paramLabel = "IMAGE", description = "Image file.")
    private Path image = Path.of("");

    @Override
    public void run() {
        PreprocessImage.run(recipe, size, image, output);
    }
}
