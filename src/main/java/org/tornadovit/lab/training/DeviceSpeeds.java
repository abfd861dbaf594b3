package org.tornadovit.lab.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tornadovit.lab.experiment.Accuracy;
import org.tornadovit.lab.experiment.Experiment;
import org.tornadovit.lab.experiment.Precision;
import org.tornadovit.lab.experiment.Timing;
import org.tornadovit.lab.experiment.TrainingTask;
import org.tornadovit.lab.measure.Bench;
import org.tornadovit.lab.measure.Devices;
import org.tornadovit.lab.measure.Progress;
import org.tornadovit.lab.measure.TornadoBench;
import org.tornadovit.lab.results.RunFolder;
import org.tornadovit.lab.task.Compare;

/**
 * The speed of what was trained on every device, in one table with its accuracy there: a comparison
 * of the first seed's models in the folder {@code devices} of the run.
 */
public final class DeviceSpeeds {
    private static final Timing TIMING = new Timing(3, 2, 6, 200, 0.5, 0.03, 0.1);
    private static final double PARITY = 1e-4;
    private static final int BATCH = 8;
    private static final int COUNTED = 1000;

    private DeviceSpeeds() {}

    /** {@return whether a task asks for it and there is something to measure} */
    public static boolean isWanted(TrainingTask task, List<TrialResult> results) {
        return !task.devices().isEmpty() && !folders(task, results).isEmpty();
    }

    /**
     * Measures, or goes on with what was interrupted.
     *
     * @param results of a run in {@code folder}
     * @param home folder of the sources
     * @throws org.tornadovit.lab.LabException when there is no such device
     */
    public static Compare.Outcome measure(
            TrainingTask task,
            List<TrialResult> results,
            Path folder,
            Devices devices,
            Progress progress,
            Path home) {
        Experiment experiment = experiment(task, results);
        Bench bench = new TornadoBench(experiment, devices, folder);
        return measure(experiment, folder, new Compare(bench, progress, System::nanoTime, home));
    }

    static Compare.Outcome measure(Experiment experiment, Path folder, Compare compare) {
        Path path = folder.resolve("devices");
        return compare.run(
                experiment,
                path,
                RunFolder.isBegun(path) ? Compare.Mode.RESUME : Compare.Mode.BEGIN);
    }

    static Experiment experiment(TrainingTask task, List<TrialResult> results) {
        Map<String, String> folders = folders(task, results);
        int counted = Math.min(COUNTED, task.test());
        return new Experiment(
                task.name(),
                task.question(),
                task.devices(),
                task.device(),
                0,
                0,
                1,
                new ArrayList<>(folders.keySet()),
                folders,
                List.of(1, BATCH),
                List.of(Precision.FP32),
                List.of(),
                TIMING,
                PARITY,
                new Accuracy(Accuracy.Method.TOP_K, task.data(), 1, 1, counted, 1));
    }

    /** {@return the folders below the run's of the models of the first seed and most images} */
    private static Map<String, String> folders(TrainingTask task, List<TrialResult> results) {
        Map<String, TrialResult> chosen = new LinkedHashMap<>();
        for (TrialResult result : results) {
            if (result.isWhole() && result.trial().seed() == task.seeds().getFirst()) {
                chosen.merge(
                        result.trial().variant(),
                        result,
                        (a, b) -> a.learned() > b.learned() ? a : b);
            }
        }
        Map<String, String> folders = new LinkedHashMap<>();
        chosen.forEach((name, result) -> folders.put(name, "trials/" + result.trial().key()));
        return folders;
    }
}
