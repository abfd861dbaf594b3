package org.tornadovit.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tornadovit.lab.LabException;
import org.tornadovit.lab.experiment.Experiment;
import org.tornadovit.lab.experiment.ExperimentFile;
import org.tornadovit.lab.measure.Devices;
import org.tornadovit.lab.measure.TornadoBench;
import org.tornadovit.lab.results.JsonRows;
import org.tornadovit.lab.results.RunFolder;
import org.tornadovit.lab.task.Compare;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures models on devices and writes tables and plots. */
@Command(
        name = "compare",
        description = {
            "Measure models on devices; write tables and plots.",
            "The exit code is 1 when a cell failed or was rejected; the table says which and why."
        },
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "TASK",
            description = "Task file; tasks/quickstart.yaml unless given.")
    private @Nullable Path task;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder of the run, which is made; results/TASK/TIME unless given.")
    private @Nullable Path out;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            split = ",",
            description = "Devices instead of the task's, separated by commas; all for every one.")
    private List<String> devices = List.of();

    @Option(
            names = "--resume",
            description = {
                "Finish the interrupted run in --out, or else the task's latest;",
                "cells that failed are tried again, others are not."
            })
    private boolean resume;

    @Option(names = "--json", description = "Print the rows as JSON instead of the table.")
    private boolean json;

    @Override
    public Integer call() {
        Experiment experiment =
                ExperimentFile.read(
                        task == null ? Home.path("tasks").resolve("quickstart.yaml") : task);
        if (!devices.isEmpty()) {
            experiment = experiment.onDevices(devices);
        }
        Path folder = folder(experiment.name());
        Thread advice = new Thread(() -> adviseToResume(folder));
        Runtime.getRuntime().addShutdownHook(advice);
        try {
            return run(experiment, folder);
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(advice);
            } catch (IllegalStateException e) {
                advice.interrupt(); // the process ends already, and the advice is being given
            }
        }
    }

    /** Said when the process is interrupted; a run that was not begun needs no advice. */
    private void adviseToResume(Path folder) {
        if (RunFolder.isBegun(folder)) {
            StringBuilder command = new StringBuilder("compare");
            if (task != null) {
                command.append(' ').append(task);
            }
            if (!devices.isEmpty()) {
                command.append(" --device ").append(String.join(",", devices));
            }
            PrintWriter err = spec.commandLine().getErr();
            err.printf(
                    "%nInterrupted; what is measured is kept. To go on: scripts/tornado-vit %s"
                            + " --out %s --resume%n",
                    command, folder);
            err.flush();
        }
    }

    private int run(Experiment experiment, Path folder) {
        Devices found = new Devices();
        found.inventory().sentences().forEach(spec.commandLine().getErr()::println);
        Compare.Outcome outcome =
                new Compare(
                                new TornadoBench(experiment, found, Home.path()),
                                ProgressDisplay.on(spec.commandLine().getErr()),
                                System::nanoTime,
                                Home.path())
                        .run(experiment, folder, resume ? Compare.Mode.RESUME : Compare.Mode.BEGIN);
        spec.commandLine().getOut().print(json ? JsonRows.of(outcome.rows()) : outcome.page());
        spec.commandLine().getOut().flush();
        outcome.notes().forEach(spec.commandLine().getErr()::println);
        spec.commandLine().getErr().println("The run lies in " + outcome.folder() + ".");
        return outcome.hasFailures() ? 1 : 0;
    }

    private Path folder(String name) {
        if (out != null) {
            return out;
        }
        Path results = Home.path("results");
        return resume
                ? RunFolder.latest(results, name)
                        .orElseThrow(() ->
                                new LabException(
                                        "There is no run of '%s' to resume in %s."
                                                .formatted(name, results)))
                : RunFolder.named(results, name, Instant.now());
    }
}
