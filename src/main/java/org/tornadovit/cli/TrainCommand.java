package org.tornadovit.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tornadovit.lab.LabException;
import org.tornadovit.lab.experiment.TrainingFile;
import org.tornadovit.lab.experiment.TrainingTask;
import org.tornadovit.lab.measure.Devices;
import org.tornadovit.lab.results.Plain;
import org.tornadovit.lab.results.RunFolder;
import org.tornadovit.lab.task.Compare;
import org.tornadovit.lab.training.DeviceSpeeds;
import org.tornadovit.lab.training.Pace;
import org.tornadovit.lab.training.TornadoTrainingBench;
import org.tornadovit.lab.training.TrainingRun;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains the models of a task and writes tables, plots and checkpoints. */
@Command(
        name = "train",
        description = {
            "Train the models of a task; write tables, plots and checkpoints.",
            "The exit code is 1 when a run failed; the table says which and why."
        },
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    /** Which size of the task: at most one of the two is given. */
    private static final class Size {
        @Option(
                names = "--size",
                required = true,
                paramLabel = "SIZE",
                description = "smoke (default: minutes) or full.")
        private String size = "smoke";

        @Option(names = "--full", required = true, description = "The same as --size full.")
        private boolean full;

        String name() {
            return full ? "full" : size;
        }
    }

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "TASK", description = "Task file of kind train.")
    private Path task = Path.of("");

    @ArgGroup private Size size = new Size();

    @Option(
            names = "--data",
            paramLabel = "NAME|PATH",
            description = {
                "Data instead of the task's: digits, or a folder or zip file with a folder of"
                        + " images a class, or CIFAR's binary files."
            })
    private @Nullable String data;

    @Option(names = "--device", paramLabel = "NAME", description = "Device instead of the task's.")
    private @Nullable String device;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder of the run, which is made; results/TASK/TIME unless given.")
    private @Nullable Path out;

    @Option(
            names = "--resume",
            description = {
                "Finish the interrupted run in --out, or else the task's latest, with the numbers"
                        + " of an unbroken one."
            })
    private boolean resume;

    @Option(
            names = "--save-seconds",
            paramLabel = "SECONDS",
            description = {
                "Time between states that an interrupted run goes on from (default: 30); 0 for one"
                        + " after each step."
            })
    private double saveSeconds = Pace.SAVE_SECONDS;

    @Override
    public Integer call() {
        TrainingTask read = TrainingFile.read(task, size.name());
        TrainingTask onData = data == null ? read : read.onData(data);
        Devices devices = new Devices();
        TrainingTask chosen =
                onData.onDevice(devices.one(device == null ? onData.device() : device));
        Path folder = folder(chosen.name());
        Thread advice = new Thread(() -> adviseToResume(folder));
        Runtime.getRuntime().addShutdownHook(advice);
        try {
            return run(chosen, folder, devices);
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(advice);
            } catch (IllegalStateException e) {
                advice.interrupt(); // the process ends already, and the advice is being given
            }
        }
    }

    private int run(TrainingTask chosen, Path folder, Devices devices) {
        PrintWriter err = spec.commandLine().getErr();
        TrainingRun.Outcome outcome =
                new TrainingRun(
                                new TornadoTrainingBench(chosen.device(), devices),
                                new TrainingDisplay(err, System::nanoTime),
                                new Pace(System::nanoTime, saveSeconds),
                                Home.path())
                        .run(
                                chosen,
                                folder,
                                resume ? TrainingRun.Mode.RESUME : TrainingRun.Mode.BEGIN);
        spec.commandLine().getOut().print(outcome.page());
        spec.commandLine().getOut().flush();
        outcome.notes().forEach(err::println);
        boolean failed =
                DeviceSpeeds.isWanted(chosen, outcome.results())
                        && speeds(chosen, outcome, devices);
        err.println("The run lies in " + outcome.folder() + ".");
        return outcome.hasFailures() || failed ? 1 : 0;
    }

    /** {@return whether a measurement of speed failed} */
    private boolean speeds(TrainingTask chosen, TrainingRun.Outcome outcome, Devices devices) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("Measuring the speed of the trained models ...");
        Compare.Outcome speeds =
                DeviceSpeeds.measure(
                        chosen,
                        outcome.results(),
                        outcome.folder(),
                        devices,
                        ProgressDisplay.on(err),
                        Home.path());
        spec.commandLine().getOut().print(speeds.page());
        spec.commandLine().getOut().flush();
        speeds.notes().forEach(err::println);
        return speeds.hasFailures();
    }

    /** Said when the process is interrupted; a run that was not begun needs no advice. */
    private void adviseToResume(Path folder) {
        if (TrainingRun.isBegun(folder)) {
            StringBuilder command = new StringBuilder("train ").append(task);
            command.append(" --size ").append(size.name());
            if (data != null) {
                command.append(" --data ").append(data);
            }
            if (device != null) {
                command.append(" --device ").append(device);
            }
            if (saveSeconds != Pace.SAVE_SECONDS) {
                command.append(" --save-seconds ").append(saveSeconds);
            }
            PrintWriter err = spec.commandLine().getErr();
            err.printf(
                    "%nInterrupted; what was learned up to %s seconds ago is kept. To go on:"
                            + " scripts/tornado-vit %s --out %s --resume%n",
                    Plain.brief(saveSeconds), command, folder);
            err.flush();
        }
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
