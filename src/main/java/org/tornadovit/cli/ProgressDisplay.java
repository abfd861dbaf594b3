package org.tornadovit.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.tornadovit.lab.measure.Progress;
import org.tornadovit.lab.results.CeilingRow;
import org.tornadovit.lab.results.Column;
import org.tornadovit.lab.results.Entry;
import org.tornadovit.lab.results.PairRow;
import org.tornadovit.lab.results.Plain;
import org.tornadovit.lab.results.Row;
import org.tornadovit.lab.results.Status;

/**
 * Shows how a comparison goes on: a bar with the time left, or lines where there is no terminal.
 */
final class ProgressDisplay {
    private ProgressDisplay() {}

    /** {@return a display that suits the process's standard error} */
    static Progress on(PrintWriter err) {
        Console console = System.console();
        return console != null && console.isTerminal() ? new Bar() : new Lines(err);
    }

    /** A bar that is drawn over itself. */
    private static final class Bar implements Progress {
        private ProgressBar bar = builder(1).build();

        private static ProgressBarBuilder builder(int steps) {
            return new ProgressBarBuilder()
                    .setTaskName("compare")
                    .setInitialMax(steps)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(500);
        }

        @Override
        public void begin(int steps) {
            bar.maxHint(steps);
        }

        @Override
        public void next(String label) {
            bar.setExtraMessage(label);
        }

        @Override
        public void done(Entry entry) {
            bar.step();
        }

        @Override
        public void end() {
            bar.setExtraMessage("");
            bar.close();
        }
    }

    /** A line an entry, for logs. */
    static final class Lines implements Progress {
        private final PrintWriter err;
        private final long start = System.nanoTime();
        private int steps;
        private int done;

        Lines(PrintWriter err) {
            this.err = err;
        }

        @Override
        public void begin(int all) {
            steps = all;
            err.printf("%d steps to measure.%n", all);
        }

        @Override
        public void next(String label) {
            err.printf("[%d/%d] %s ...%n", done + 1, steps, label);
        }

        @Override
        public void done(Entry entry) {
            done++;
            long passed = System.nanoTime() - start;
            err.printf(
                    "[%d/%d] %s; about %s left%n",
                    done, steps, result(entry), left(passed, done, steps));
        }

        @Override
        public void end() {}

        private static String left(long passed, int done, int steps) {
            Duration left = Duration.ofNanos(passed / done * (steps - done));
            return "%d:%02d".formatted(left.toMinutes(), left.toSecondsPart());
        }

        private static String result(Entry entry) {
            if (entry.status() != Status.OK) {
                return entry.status().key() + ": " + entry.reason();
            }
            return switch (entry) {
                case Row row ->
                        "median "
                                + Plain.brief(row.number(Column.LATENCY_MEDIAN).orElse(0))
                                + " ms";
                case PairRow pair -> "ratio " + Plain.brief(pair.ratio().value());
                case CeilingRow ceiling -> Plain.brief(ceiling.best()) + " GFLOP/s";
            };
        }
    }
}
