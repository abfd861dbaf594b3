package org.tornadovit.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tornadovit.lab.results.Plain;
import org.tornadovit.lab.statistics.Sample;

/**
 * A participant's line of the table.
 *
 * @param model name of the model
 * @param batch images a pass
 * @param participant a device of ours, or a peer
 * @param times durations of passes in ms; nothing where it was not run
 * @param gflop of one pass
 * @param ratio the best peer's median over this one's; nothing for peers
 * @param target the least ratio wanted
 * @param note why it was not run, or what is to be said
 */
record PeerRow(
        String model,
        int batch,
        String participant,
        Optional<Sample> times,
        double gflop,
        Optional<Double> ratio,
        double target,
        String note) {

    static final List<String> HEADER =
            List.of(
                    "model",
                    "batch",
                    "participant",
                    "passes",
                    "median_ms",
                    "q25_ms",
                    "q75_ms",
                    "p99_ms",
                    "images_per_s",
                    "gflop_per_s",
                    "ratio_to_best_peer",
                    "target",
                    "note");

    /** {@return the fields of a CSV record} */
    List<String> fields() {
        return List.of(
                model,
                Integer.toString(batch),
                participant,
                times.map(t -> Integer.toString(t.size())).orElse(""),
                quantile(0.5),
                quantile(0.25),
                quantile(0.75),
                quantile(0.99),
                times.map(t -> Plain.number(1000.0 * batch / t.median())).orElse(""),
                times.map(t -> Plain.number(1000.0 * gflop / t.median())).orElse(""),
                ratio.map(Plain::number).orElse(""),
                ratio.isPresent() ? Plain.number(target) : "",
                note);
    }

    private String quantile(double share) {
        return times.map(t -> Plain.number(t.quantile(share))).orElse("");
    }

    /** {@return the line for readers} */
    String text() {
        if (times.isEmpty()) {
            return String.format(
                    Locale.ROOT, "%-12s %5d  %-18s %s", model, batch, participant, note);
        }
        Sample sample = times.get();
        return String.format(
                Locale.ROOT,
                "%-12s %5d  %-18s %9.2f ms [%.2f, %.2f] %8.2f images/s %7.1f GFLOP/s %s %s",
                model,
                batch,
                participant,
                sample.median(),
                sample.quantile(0.25),
                sample.quantile(0.75),
                1000.0 * batch / sample.median(),
                1000.0 * gflop / sample.median(),
                ratio.map(r -> String.format(Locale.ROOT, "%.3f x", r)).orElse(""),
                note);
    }
}
