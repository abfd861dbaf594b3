package org.tornadovit.lab.training;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tornadovit.lab.experiment.TrainingTask;
import org.tornadovit.lab.results.Plain;
import org.tornadovit.lab.statistics.Interval;
import org.tornadovit.lab.statistics.ParetoFront;

/**
 * The tables of a training task.
 *
 * @param task what was asked
 * @param environment where it was run
 * @param results of the runs that were begun
 * @param notBegun runs for which no time was left
 */
record TrainingPage(
        TrainingTask task,
        TrainingEnvironment environment,
        List<TrialResult> results,
        List<Trial> notBegun) {

    private record Column(String header, Function<TrialResult, String> text) {}

    private static final List<Column> COLUMNS =
            List.of(
                    new Column("model", r -> r.trial().variant()),
                    new Column("family", TrialResult::family),
                    new Column("image_size_px", r -> Integer.toString(r.trial().imageSize())),
                    new Column("training_images", r -> Integer.toString(r.learned())),
                    new Column("seed", r -> Long.toString(r.trial().seed())),
                    new Column("parameters", r -> Long.toString(r.parameters())),
                    new Column("mmac_forward", r -> Plain.number(r.macs() / 1e6)),
                    new Column("steps", r -> Long.toString(r.steps())),
                    new Column("training_gflop", r -> Plain.number(r.trainingFlop() / 1e9)),
                    new Column("training_s", r -> Plain.number(r.seconds())),
                    new Column("final_loss", r -> whole(r, Plain.number(r.loss()))),
                    new Column("test_images", r -> whole(r, "" + r.scores().images())),
                    new Column("top1", r -> whole(r, Plain.number(r.top1().value()))),
                    new Column("top1_low", r -> whole(r, Plain.number(r.interval().low()))),
                    new Column("top1_high", r -> whole(r, Plain.number(r.interval().high()))),
                    new Column("few_shot_top1", r -> share(r.scores().fewShot())),
                    new Column("linear_probe_top1", r -> share(r.scores().probe())),
                    new Column("failure", TrialResult::failure));

    private static String whole(TrialResult result, String text) {
        return result.isWhole() ? text : "";
    }

    private static String share(Optional<Double> share) {
        return share.map(Plain::number).orElse("");
    }

    /** {@return a line a run: the text of {@code table.csv}} */
    String csv() {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            csv.writeRecord(COLUMNS.stream().map(Column::header).toList());
            for (TrialResult result : results) {
                csv.writeRecord(COLUMNS.stream().map(c -> c.text().apply(result)).toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A string cannot be full", e);
        }
        return text.toString();
    }

    /** {@return a line a model, findings and conventions: the text of {@code table.md}} */
    String markdown() {
        List<Group> groups = Group.of(results);
        StringBuilder page = new StringBuilder();
        page.append("# ").append(task.name()).append(" (").append(task.size()).append(")\n\n");
        if (!task.question().isEmpty()) {
            page.append(task.question()).append("\n\n");
        }
        page.append(environment.machine()).append(".\n\n");
        page.append("## Models\n\n").append(table(groups)).append('\n');
        section(page, "Claims", claims());
        section(page, "Pareto front of training compute and top-1", front(groups));
        section(page, "Failures and runs not begun", failures());
        page.append(
                """
                ## Conventions

                Training compute is the paper's: two operations a multiply-add, and three times \
                the forward pass for forward and backward, times the images seen in all epochs; \
                what is fine-tuned has the compute of its earlier training too. Top-1 is of the \
                weights at the last step, on test images that nothing was chosen on. With several \
                seeds it is their mean with Student's 95 % interval; with one seed it has the \
                exact binomial interval over images, which does not tell how another seed would \
                do. Claims are held against a bootstrap of 1000 resamples of the test images, \
                which all models share, and of each model's seeds, and a difference is shown where \
                Student's 95 % interval over the differences of equal seeds excludes 0 as well, \
                so never with one seed; a crossover needs three. McNemar's probability is exact \
                and of the runs of equal seed. A front has the models that none beats at no more \
                compute. table.csv has a line a run; trials/ has, of each, every step \
                (steps.jsonl), the weights and their config.json.
                """);
        return page.toString();
    }

    private static String table(List<Group> groups) {
        Set<String> front =
                ParetoFront.of(groups.stream().map(Group::point).toList()).stream()
                        .map(ParetoFront.Point::name)
                        .collect(Collectors.toSet());
        StringBuilder table =
                new StringBuilder(
                        "| model | family | px | images | seeds | kparam | MMAC | training GFLOP |"
                                + " training s | loss | top-1 [95 %] | few-shot | linear probe |"
                                + " front |\n|"
                                + "---|".repeat(14)
                                + "\n");
        for (Group group : groups) {
            TrialResult r = group.first();
            Interval interval = TrainingPlots.interval(group);
            table.append(
                    "| %s | %s | %d | %d | %d | %s | %s | %s | %s | %s | %s [%s, %s] | %s | %s | %s |\n"
                            .formatted(
                                    group.variant(),
                                    r.family(),
                                    r.trial().imageSize(),
                                    r.learned(),
                                    group.results().size(),
                                    Plain.brief(r.parameters() / 1e3),
                                    Plain.brief(r.macs() / 1e6),
                                    Plain.brief(group.flop() / 1e9),
                                    mean(group, TrialResult::seconds),
                                    mean(group, TrialResult::loss),
                                    Plain.brief(group.top1().value()),
                                    Plain.brief(interval.low()),
                                    Plain.brief(interval.high()),
                                    meanShare(group, s -> s.fewShot()),
                                    meanShare(group, s -> s.probe()),
                                    front.contains(group.label()) ? "yes" : ""));
        }
        return table.toString();
    }

    private static String mean(Group group, Function<TrialResult, Double> value) {
        return Plain.brief(
                group.results().stream().mapToDouble(value::apply).average().orElseThrow());
    }

    private static String meanShare(Group group, Function<Scores, Optional<Double>> value) {
        List<Double> shares =
                group.results().stream().flatMap(r -> value.apply(r.scores()).stream()).toList();
        return shares.isEmpty()
                ? ""
                : Plain.brief(
                        shares.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
    }

    private List<String> claims() {
        Judge judge = new Judge(results);
        return task.claims().stream().map(claim -> judge.verdict(claim).sentence()).toList();
    }

    private static List<String> front(List<Group> groups) {
        return ParetoFront.of(groups.stream().map(Group::point).toList()).stream()
                .map(p ->
                        "%s: %s GFLOP, %s"
                                .formatted(
                                        p.name(),
                                        Plain.brief(p.cost() / 1e9),
                                        Plain.brief(p.value())))
                .toList();
    }

    private List<String> failures() {
        List<String> lines = new ArrayList<>();
        for (TrialResult result : results) {
            if (!result.isWhole()) {
                lines.add(result.trial().key() + ": " + result.failure());
            }
        }
        for (Trial trial : notBegun) {
            lines.add(
                    "%s: not begun, the %s minutes of the task were used up"
                            .formatted(trial.key(), Plain.brief(task.minutes())));
        }
        return lines;
    }

    private static void section(StringBuilder page, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            page.append("## ").append(title).append("\n\n");
            lines.forEach(line -> page.append("- ").append(line).append('\n'));
            page.append('\n');
        }
    }
}
