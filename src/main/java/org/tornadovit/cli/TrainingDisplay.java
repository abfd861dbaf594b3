package org.tornadovit.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.tornadovit.lab.results.Plain;
import org.tornadovit.lab.training.Scores;
import org.tornadovit.lab.training.TrainingProgress;
import org.tornadovit.lab.training.TrialResult;

/** Shows how training goes on: a line now and then, with loss, accuracy and time left. */
final class TrainingDisplay implements TrainingProgress {
    private static final long PAUSE_NANOS = 5_000_000_000L;

    private final PrintWriter err;
    private final LongSupplier clock;
    private long last;

    TrainingDisplay(PrintWriter err, LongSupplier clock) {
        this.err = err;
        this.clock = clock;
        last = clock.getAsLong();
    }

    @Override
    public void step(Moment moment) {
        long now = clock.getAsLong();
        if (now - last >= PAUSE_NANOS) {
            last = now;
            line(moment, "");
        }
    }

    @Override
    public void evaluated(Moment moment, Scores scores) {
        last = clock.getAsLong();
        line(moment, ", held-out top-1 " + Plain.percent(scores.top1().value()));
    }

    private void line(Moment moment, String more) {
        Duration left = Duration.ofMillis((long) (1000 * moment.secondsLeft()));
        err.printf(
                "[%d/%d] %s: epoch %.1f, step %d of %d, loss %s%s; about %d:%02d left%n",
                moment.number(),
                moment.trials(),
                moment.trial().key(),
                moment.epoch(),
                moment.step(),
                moment.steps(),
                Plain.brief(moment.loss()),
                more,
                left.toMinutes(),
                left.toSecondsPart());
        err.flush();
    }

    @Override
    public void done(TrialResult result) {
        if (result.isWhole()) {
            err.printf(
                    "%s: top-1 %s of %d test images, %s s%n",
                    result.trial().key(),
                    Plain.percent(result.top1().value()),
                    result.scores().images(),
                    Plain.brief(result.seconds()));
        } else {
            err.printf("%s failed: %s%n", result.trial().key(), result.failure());
        }
        err.flush();
    }
}
