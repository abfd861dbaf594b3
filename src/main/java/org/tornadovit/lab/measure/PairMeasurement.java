package org.tornadovit.lab.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import org.tornadovit.lab.experiment.Cell;
import org.tornadovit.lab.experiment.Experiment;
import org.tornadovit.lab.experiment.Pair;
import org.tornadovit.lab.experiment.Timing;
import org.tornadovit.lab.results.PairRow;
import org.tornadovit.lab.results.Status;
import org.tornadovit.lab.statistics.Sample;
import org.tornadovit.lab.statistics.StoppingRule;
import org.tornadovit.lab.statistics.WarmUp;

/**
 * Measures a pair by rounds: a pass of each model, one right after the other and each first in
 * turn, so that drift of the machine hits both alike.
 */
final class PairMeasurement {
    /** Passes of a round. */
    private static final int PASSES = 2;

    private final Experiment experiment;
    private final Bench bench;
    private final LongSupplier clock;
    private final Reference reference;

    /** Durations of the passes of both models, round by round. */
    private record Rounds(double[] hybridMs, double[] pureMs) {
        Sample hybrid() {
            return new Sample(hybridMs);
        }

        Sample pure() {
            return new Sample(pureMs);
        }

        boolean areFalling() {
            return hybrid().isFalling(StoppingRule.LEVEL) || pure().isFalling(StoppingRule.LEVEL);
        }
    }

    PairMeasurement(Experiment experiment, Bench bench, LongSupplier clock) {
        this.experiment = experiment;
        this.bench = bench;
        this.clock = clock;
        this.reference = new Reference(experiment);
    }

    PairRow measure(Cell cell, Pair pair) {
        try (Prepared hybrid = prepare(cell, pair.hybrid());
                Prepared pure = prepare(cell, pair.pure())) {
            return alternate(cell, pair, hybrid, pure);
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            return new PairRow(
                    cell, pair, new double[0], new double[0], Status.FAILED, Failure.sentence(e));
        }
    }

    private Prepared prepare(Cell cell, String model) {
        Candidate candidate = bench.candidate(model);
        Prepared prepared = candidate.prepare(cell.device(), cell.batch(), cell.precision());
        try {
            prepared.input(reference.input(candidate, cell.batch()));
            return prepared;
        } catch (RuntimeException e) {
            prepared.close();
            throw e;
        }
    }

    /** Rounds whose passes still became faster were part of the warm-up, as in rows. */
    private PairRow alternate(Cell cell, Pair pair, Prepared hybrid, Prepared pure) {
        Timing timing = experiment.timing();
        WarmUp warmUp = SpeedMeasurement.warmUp(timing);
        WarmUp.Outcome hybridWarm = warmUp.run(hybrid::run, clock);
        WarmUp.Outcome pureWarm = warmUp.run(pure::run, clock);
        long end = clock.getAsLong() + Steadiness.nanoseconds(timing.warmUpSeconds());
        HostLoad load = HostLoad.begin();
        Rounds rounds = rounds(timing, hybrid, pure);
        while (rounds.areFalling() && clock.getAsLong() < end) {
            load = HostLoad.begin();
            rounds = rounds(timing, hybrid, pure);
        }
        int count = rounds.hybridMs().length;
        boolean isWarm =
                hybridWarm.reason() == WarmUp.Reason.STEADY
                        && pureWarm.reason() == WarmUp.Reason.STEADY;
        boolean unsettled = !isWarm && count < Sample.SHOWS_TREND;
        List<String> reasons = new ArrayList<>();
        Status status = Status.OK;
        if (count < timing.minRepetitions()) {
            status = Status.TOO_FEW;
            reasons.add(Steadiness.tooFew(count, timing));
        } else {
            OptionalDouble others = load.shareOfOthers();
            reasons.addAll(scatter(pair.hybrid(), rounds.hybrid(), others));
            reasons.addAll(scatter(pair.pure(), rounds.pure(), others));
        }
        if (unsettled || rounds.areFalling()) {
            reasons.add(Steadiness.falling(timing));
        }
        if (status == Status.OK && !reasons.isEmpty()) {
            status = Status.UNSTABLE;
        }
        return new PairRow(
                cell, pair, rounds.hybridMs(), rounds.pureMs(), status, String.join("; ", reasons));
    }

    private List<String> scatter(String model, Sample sample, OptionalDouble others) {
        return Steadiness.scatter("the passes of " + model, sample, others, experiment.timing());
    }

    private Rounds rounds(Timing timing, Prepared hybrid, Prepared pure) {
        List<Double> hybridMs = new ArrayList<>();
        List<Double> pureMs = new ArrayList<>();
        StoppingRule.Repetition round =
                () -> {
                    if (hybridMs.size() % 2 == 0) {
                        hybridMs.add(time(hybrid));
                        pureMs.add(time(pure));
                    } else {
                        pureMs.add(time(pure));
                        hybridMs.add(time(hybrid));
                    }
                    return hybridMs.getLast() / pureMs.getLast();
                };
        Steadiness.rule(timing, PASSES).measure(round, clock);
        return new Rounds(array(hybridMs), array(pureMs));
    }

    private static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private double time(Prepared prepared) {
        long start = clock.getAsLong();
        prepared.run();
        return (clock.getAsLong() - start) / 1e6;
    }
}
