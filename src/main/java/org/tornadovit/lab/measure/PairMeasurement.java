package org.tornadovit.lab.measure;

import java.util.Arrays;
import java.util.function.LongSupplier;
import org.tornadovit.lab.experiment.Cell;
import org.tornadovit.lab.experiment.Experiment;
import org.tornadovit.lab.experiment.Pair;
import org.tornadovit.lab.experiment.Timing;
import org.tornadovit.lab.results.PairRow;
import org.tornadovit.lab.results.Status;
import org.tornadovit.lab.statistics.Sample;
import org.tornadovit.lab.statistics.StoppingRule;

/** Measures a pair by passes that alternate, so that drift of the machine hits both alike. */
final class PairMeasurement {
    private static final int ENOUGH = 6;

    private final Experiment experiment;
    private final Bench bench;
    private final LongSupplier clock;
    private final Reference reference;

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
            SpeedMeasurement.warmUp(experiment.timing()).run(prepared::run, clock);
            return prepared;
        } catch (RuntimeException e) {
            prepared.close();
            throw e;
        }
    }

    private PairRow alternate(Cell cell, Pair pair, Prepared hybrid, Prepared pure) {
        Timing timing = experiment.timing();
        double[] hybridMs = new double[timing.maxRepetitions()];
        double[] pureMs = new double[timing.maxRepetitions()];
        long end = clock.getAsLong() + (long) (2 * timing.maxSeconds() * 1e9);
        int rounds = 0;
        while (rounds < timing.maxRepetitions()) {
            boolean hybridFirst = rounds % 2 == 0;
            if (hybridFirst) {
                hybridMs[rounds] = time(hybrid);
            }
            pureMs[rounds] = time(pure);
            if (!hybridFirst) {
                hybridMs[rounds] = time(hybrid);
            }
            rounds++;
            boolean enough = rounds >= Math.max(ENOUGH, timing.minRepetitions());
            if (clock.getAsLong() >= end
                    || (enough && precise(hybridMs, pureMs, rounds, timing.interval()))) {
                break;
            }
        }
        return new PairRow(
                cell,
                pair,
                Arrays.copyOf(hybridMs, rounds),
                Arrays.copyOf(pureMs, rounds),
                Status.OK,
                "");
    }

    private double time(Prepared prepared) {
        long start = clock.getAsLong();
        prepared.run();
        return (clock.getAsLong() - start) / 1e6;
    }

    private static boolean precise(double[] hybridMs, double[] pureMs, int rounds, double wanted) {
        double[] logs = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            logs[i] = Math.log(hybridMs[i] / pureMs[i]);
        }
        return new Sample(logs).medianInterval(StoppingRule.LEVEL).halfWidth() <= wanted;
    }
}
