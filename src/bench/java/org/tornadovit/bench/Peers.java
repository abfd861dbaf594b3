package org.tornadovit.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tornadovit.lab.measure.Devices;
import org.tornadovit.lab.statistics.Sample;
import org.tornadovit.models.Model;
import org.tornadovit.models.Models;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs models on the devices of this project and on its peers, in turn. */
@Command(
        name = "scripts/bench peers",
        description = {
            "Run models here and on ONNX Runtime and libtorch, in turn, with the same weights.",
            "All logits are compared before anything is measured."
        },
        mixinStandardHelpOptions = true)
final class Peers implements Callable<Integer> {
    private static final List<String> ALL =
            List.of(
                    "ViT-B/16",
                    "ViT-B/32",
                    "ViT-L/16",
                    "ViT-S/16",
                    "R26+S/32",
                    "R50+B/16",
                    "R50x1",
                    "ResNet-50");
    private static final List<String> FEW = List.of("ViT-B/16", "R26+S/32", "R50x1", "ResNet-50");
    private static final int ROUNDS = 5;

    @Parameters(paramLabel = "MODEL", description = "Models (default: those with a target).")
    private List<String> models = new ArrayList<>();

    @Option(
            names = "--batch",
            split = ",",
            paramLabel = "N",
            description = "Batch sizes (default: 1,8; 1 with --quick).")
    private List<Integer> batches = new ArrayList<>();

    @Option(
            names = "--device",
            split = ",",
            paramLabel = "NAME",
            description = "Devices of this project (default: jvm,opencl where there is one).")
    private List<String> devices = new ArrayList<>();

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Time for everyone in a cell, after as much warm-up (default: 10; 3).")
    private double seconds;

    @Option(names = "--quick", description = "A few models, one image a pass, short.")
    private boolean quick;

    private final PrintStream out = System.out;
    private final Devices found = new Devices();
    private final List<PeerRow> rows = new ArrayList<>();

    /** Runs the command. */
    public static void main(String[] arguments) {
        System.exit(
                new CommandLine(new Peers())
                        .setExecutionExceptionHandler(Peers::complain)
                        .execute(arguments));
    }

    private static int complain(Exception e, CommandLine line, CommandLine.ParseResult result) {
        line.getErr().println(e instanceof PeerException ? e.getMessage() : e.toString());
        return 1;
    }

    @Override
    public Integer call() throws IOException {
        fillIn();
        List<String> names = found.select(devices);
        String command =
                "peers %s --batch %s --device %s --seconds %s"
                        .formatted(
                                String.join(" ", models),
                                String.join(",", batches.stream().map(String::valueOf).toList()),
                                String.join(",", names),
                                seconds);
        BenchFolder folder = BenchFolder.begin(command, found, names);
        for (String name : models) {
            Model model = Models.named(name);
            try (Field.Forms forms = Field.Forms.of(name, model, found)) {
                for (int batch : batches) {
                    measure(new Cell(name, model, batch), forms, names);
                    folder.write(
                            "peers.csv",
                            PeerRow.HEADER,
                            rows.stream().map(PeerRow::fields).toList());
                }
            }
        }
        out.println("The table is in " + folder.path().resolve("peers.csv") + ".");
        out.println(worst());
        return 0;
    }

    private void fillIn() {
        if (models.isEmpty()) {
            models = quick ? FEW : ALL;
        }
        if (batches.isEmpty()) {
            batches = quick ? List.of(1) : List.of(1, 8);
        }
        if (seconds <= 0) {
            seconds = quick ? 3 : 10;
        }
        if (devices.isEmpty()) {
            boolean opencl = found.names().stream().anyMatch(name -> name.startsWith("opencl"));
            devices = opencl ? List.of("jvm", found.one("opencl")) : List.of("jvm");
            if (!opencl) {
                out.println("opencl is not run: this machine has no OpenCL device.");
            }
        }
    }

    private void measure(Cell cell, Field.Forms forms, List<String> names) {
        try (Field field = new Field(cell, forms, names)) {
            List<Participant> present = field.present();
            Agreement.check(cell.toString(), present);
            Map<String, Runnable> runners = new LinkedHashMap<>();
            present.forEach(participant -> runners.put(participant.name(), participant::run));
            Map<String, Sample> samples = new Race(seconds, ROUNDS).run(runners);
            Agreement.check(cell.toString(), present);
            Optional<Participant> best =
                    present.stream()
                            .filter(Participant::isPeer)
                            .min(Comparator.comparingDouble(p -> median(samples, p)));
            for (Participant participant : present) {
                Sample sample = samples.get(participant.name());
                Optional<Double> ratio =
                        participant.isPeer()
                                ? Optional.empty()
                                : best.map(b -> median(samples, b) / sample.median());
                add(cell, participant.name(), Optional.of(sample), ratio, "");
            }
            field.absent()
                    .forEach((name, reason) ->
                            add(
                                    cell,
                                    name,
                                    Optional.empty(),
                                    names.contains(name) ? Optional.of(0.0) : Optional.empty(),
                                    reason));
        }
    }

    private static double median(Map<String, Sample> samples, Participant participant) {
        return samples.get(participant.name()).median();
    }

    private void add(
            Cell cell,
            String participant,
            Optional<Sample> times,
            Optional<Double> ratio,
            String note) {
        boolean below = times.isPresent() && ratio.isPresent() && ratio.get() < cell.target();
        PeerRow row =
                new PeerRow(
                        cell.name(),
                        cell.batch(),
                        participant,
                        times,
                        cell.gflop(),
                        ratio,
                        cell.target(),
                        below ? "below %s".formatted(cell.target()) : note);
        rows.add(row);
        out.println(row.text());
    }

    /** {@return the last line, for other programs} */
    private String worst() {
        return rows.stream()
                .filter(row -> row.ratio().isPresent())
                .min(Comparator.comparingDouble(row -> row.ratio().get()))
                .map(row ->
                        String.format(
                                Locale.ROOT,
                                "worst ratio %.3f %s %d %s",
                                row.ratio().get(),
                                row.model(),
                                row.batch(),
                                row.participant()))
                .orElse("worst ratio unknown: no peer was run");
    }
}
