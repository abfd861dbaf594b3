package org.tornadovit.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tornadovit.lab.measure.Devices;
import org.tornadovit.lab.results.JsonRows;
import org.tornadovit.lab.results.Plain;
import org.tornadovit.lab.task.Classify;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Names the best classes of images. */
@Command(
        name = "classify",
        description = "Name the best classes of images.",
        mixinStandardHelpOptions = true)
final class ClassifyCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Mixin private ModelOptionsMixin options = new ModelOptionsMixin();

    @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "Image files.")
    private List<Path> images = List.of();

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "Names of the classes, one a line or a JSON map.")
    private @Nullable Path labels;

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "5",
            description = "Classes an image (default: ${DEFAULT-VALUE}).")
    private int top = 5;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public void run() {
        if (top < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--top is at least 1, not " + top + ".");
        }
        Devices devices = new Devices();
        String device = options.device(devices);
        List<Classify.Answer> answers =
                Classify.run(
                        options.candidate(devices),
                        images,
                        Classify.labels(labels == null ? List.of() : List.of(labels)),
                        top,
                        device);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(JsonRows.ofRecords(answers));
        } else {
            answers.forEach(answer -> print(out, answer));
        }
        out.flush();
    }

    private static void print(PrintWriter out, Classify.Answer answer) {
        out.println(answer.image());
        for (Classify.Guess guess : answer.guesses()) {
            out.printf("  %8s  %s%n", Plain.percent(guess.probability()), guess.text());
        }
    }
}
