package org.tornadovit.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tornadovit.lab.measure.Devices;
import org.tornadovit.lab.measure.VectorPeak;
import org.tornadovit.lab.results.Plain;
import org.tornadovit.lab.statistics.Sample;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs kernels on all devices in turn, and what bounds them on this machine. */
@Command(
        name = "scripts/bench kernels",
        description = {
            "Products of matrices against the rate of multiply-adds in registers, and kernels that",
            "memory bounds against a copy on all cores."
        },
        mixinStandardHelpOptions = true)
final class Kernels implements Callable<Integer> {
    private static final int ROUNDS = 5;
    private static final long COPIED = 96L << 20;
    private static final String COPY = "copy of the JDK";

    @Option(
            names = "--device",
            split = ",",
            paramLabel = "NAME",
            description = "Devices of this project (default: all).")
    private List<String> devices = List.of(Devices.ALL);

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Time for a kernel on a device, after as much warm-up (default: 1).")
    private double seconds = 1;

    private final Devices found = new Devices();
    private final List<List<String>> records = new ArrayList<>();

    /** Runs the command. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Kernels()).execute(arguments));
    }

    @Override
    public Integer call() {
        List<String> names = found.select(devices);
        BenchFolder folder =
                BenchFolder.begin("kernels --device " + String.join(",", names), found, names);
        Stream.concat(KernelCase.products().stream(), KernelCase.streams().stream())
                .forEach(kernel -> measure(kernel, names));
        folder.write(
                "kernels.csv",
                List.of(
                        "kernel",
                        "device",
                        "median_ms",
                        "rate",
                        "unit",
                        "ceiling",
                        "share_of_ceiling"),
                records);
        System.out.println("The table is in " + folder.path().resolve("kernels.csv") + ".");
        return 0;
    }

    private void measure(KernelCase kernel, List<String> names) {
        Map<String, Runnable> runners = new LinkedHashMap<>();
        List<KernelRun> runs = new ArrayList<>();
        try (Arena arena = Arena.ofShared()) {
            for (String name : names) {
                KernelRun run = new KernelRun(kernel, found.device(name));
                runs.add(run);
                runners.put(name, run);
            }
            switch (kernel.unit()) {
                case FLOP -> {
                    double peak = VectorPeak.gflopPerSecond();
                    report(kernel, new Race(seconds, ROUNDS).run(runners), peak);
                }
                case BYTE -> {
                    runners.put(COPY, copy(arena));
                    Map<String, Sample> samples = new Race(seconds, ROUNDS).run(runners);
                    double rate = 2.0 * COPIED / samples.remove(COPY).median() / 1e6;
                    report(kernel, samples, rate);
                }
            }
        } finally {
            runs.forEach(KernelRun::close);
        }
    }

    private void report(KernelCase kernel, Map<String, Sample> samples, double ceiling) {
        String unit =
                switch (kernel.unit()) {
                    case FLOP -> "GFLOP/s";
                    case BYTE -> "GB/s";
                };
        samples.forEach((device, sample) -> {
            double rate = kernel.work() / sample.median() / 1e6;
            System.out.printf(
                    Locale.ROOT,
                    "%-22s %-12s %9.3f ms %8.1f %-7s %5.1f %% of %.1f%n",
                    kernel.name(),
                    device,
                    sample.median(),
                    rate,
                    unit,
                    100 * rate / ceiling,
                    ceiling);
            records.add(
                    List.of(
                            kernel.name(),
                            device,
                            Plain.number(sample.median()),
                            Plain.number(rate),
                            unit,
                            Plain.number(ceiling),
                            Plain.number(rate / ceiling)));
        });
    }

    /**
     * Copies on all cores, each its part; the JDK's own copy uses what the processor has for it.
     */
    private static Runnable copy(Arena arena) {
        MemorySegment from = arena.allocate(COPIED).fill((byte) 1);
        MemorySegment to = arena.allocate(COPIED);
        int cores = Runtime.getRuntime().availableProcessors();
        long part = COPIED / cores;
        return () ->
                IntStream.range(0, cores)
                        .parallel()
                        .forEach(core ->
                                MemorySegment.copy(from, core * part, to, core * part, part));
    }
}
