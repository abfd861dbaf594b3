package org.tornadovit.lab.results;

import java.util.List;
import java.util.Map;
import org.tornadovit.lab.experiment.Accuracy;
import org.tornadovit.lab.experiment.Experiment;
import org.tornadovit.lab.experiment.Pair;
import org.tornadovit.lab.experiment.Precision;
import org.tornadovit.lab.experiment.Timing;

/** A made-up environment. */
final class EnvironmentFixtures {
    static final Experiment EXPERIMENT =
            new Experiment(
                    "demo",
                    "Which is faster?",
                    List.of("all"),
                    "jvm",
                    64,
                    10,
                    1,
                    List.of("S/16", "R26+S/32"),
                    Map.of("S/16", "s16.npz"),
                    List.of(1, 8),
                    List.of(Precision.FP32),
                    List.of(new Pair("S/16", "R26+S/32")),
                    Timing.DEFAULT,
                    1e-4,
                    Accuracy.NONE);

    private EnvironmentFixtures() {}

    static Environment environment(String commit) {
        return new Environment(
                EXPERIMENT,
                "2026-01-02T03:04:05Z",
                commit,
                "",
                "25 (vendor)",
                "Linux amd64",
                "a processor",
                2,
                1024,
                new Inventory(List.of("jvm"), Map.of("opencl", "There is no loader.")),
                List.of(new DeviceFacts("jvm", "host", "JVM", "25", "cpu", 2, 512)));
    }
}
