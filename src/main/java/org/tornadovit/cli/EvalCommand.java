package org.tornadovit.cli;

import java.io.PrintWriter;
import java.util.List;
import org.tornadovit.lab.experiment.Accuracy;
import org.tornadovit.lab.experiment.Precision;
import org.tornadovit.lab.measure.Devices;
import org.tornadovit.lab.measure.Evaluator;
import org.tornadovit.lab.results.JsonRows;
import org.tornadovit.lab.results.Plain;
import org.tornadovit.lab.task.Evaluate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Counts how often a checkpoint is right. */
@Command(
        name = "eval",
        description = "Measure the accuracy of a checkpoint on labelled images.",
        mixinStandardHelpOptions = true)
final class EvalCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Mixin private ModelOptionsMixin options = new ModelOptionsMixin();

    @Option(
            names = "--data",
            required = true,
            paramLabel = "NAME|PATH",
            description = {
                "digits, or a folder or zip file with a folder of images a class, or CIFAR's"
                        + " binary files."
            })
    private String data = "";

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            defaultValue = "top-k",
            description =
                    "top-k of the checkpoint's classes, or few-shot (default: ${DEFAULT-VALUE}).")
    private String method = "top-k";

    @Option(
            names = "--shots",
            paramLabel = "N",
            defaultValue = "10",
            description = "Images a class that few-shot learns from (default: ${DEFAULT-VALUE}).")
    private int shots = 10;

    @Option(
            names = "--test",
            paramLabel = "N",
            defaultValue = "2147483647",
            showDefaultValue = CommandLine.Help.Visibility.NEVER,
            description = "Test images at most; all unless given.")
    private int test = Integer.MAX_VALUE;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "8",
            description = "Images a forward pass (default: ${DEFAULT-VALUE}).")
    private int batch = 8;

    @Option(
            names = "--precision",
            paramLabel = "NAME",
            defaultValue = "fp32",
            description =
                    "How weights and activations are stored: fp32, fp16 or bf16 (default:"
                            + " ${DEFAULT-VALUE}).")
    private String precision = "fp32";

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public void run() {
        Devices devices = new Devices();
        String device = options.device(devices);
        Evaluator.Result result =
                Evaluate.run(
                        options.candidate(devices),
                        new Accuracy(
                                Accuracy.Method.of(method),
                                data,
                                shots,
                                Math.max(1, shots / 2),
                                test,
                                1),
                        batch,
                        device,
                        Precision.of(precision));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(JsonRows.ofRecords(List.of(result.summary())));
        } else {
            out.printf(
                    "top-1 %s [%s, %s] of %d images (%s)%n",
                    Plain.percent(result.top1()),
                    Plain.percent(result.top1Low()),
                    Plain.percent(result.top1High()),
                    result.images(),
                    result.method());
            result.top5().forEach(top5 -> out.printf("top-5 %s%n", Plain.percent(top5)));
        }
        out.flush();
    }
}
