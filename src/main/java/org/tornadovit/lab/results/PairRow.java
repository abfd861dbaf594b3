package org.tornadovit.lab.results;

import java.util.Arrays;
import java.util.Objects;
import org.tornadovit.lab.experiment.Cell;
import org.tornadovit.lab.experiment.Pair;
import org.tornadovit.lab.statistics.Ratio;
import org.tornadovit.lab.statistics.Ratio.Verdict;

/**
 * Forward passes of a hybrid and a pure model on one device, a pass of each a round.
 *
 * @param cell device, pair name, batch and precision
 * @param pair the two models
 * @param hybridMs durations of the hybrid's passes
 * @param pureMs durations of the pure model's passes beside them
 * @param status ok, unstable, too few repetitions or failed
 * @param reason why it is not ok
 */
public record PairRow(
        Cell cell, Pair pair, double[] hybridMs, double[] pureMs, Status status, String reason)
        implements Entry {

    private static final double LEVEL = 0.95;

    /** Copies the durations. */
    public PairRow {
        if (hybridMs.length != pureMs.length) {
            throw new IllegalArgumentException("Durations must come in pairs");
        }
        hybridMs = hybridMs.clone();
        pureMs = pureMs.clone();
    }

    @Override
    public String kind() {
        return "pair";
    }

    /** {@return hybrid over pure latency with its interval; only of a pair that was measured} */
    public Ratio ratio() {
        return Ratio.paired(hybridMs, pureMs, LEVEL);
    }

    /** {@return whether there are enough rounds for an interval of the ratio} */
    public boolean hasInterval() {
        return status != Status.TOO_FEW
                && !status.isFailure()
                && ratio().interval().level() >= LEVEL;
    }

    /** {@return which is faster, as far as a pair that is ok tells} */
    public Verdict verdict() {
        return status == Status.OK && hasInterval() ? ratio().verdict() : Verdict.UNDECIDED;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PairRow that
                && cell.equals(that.cell)
                && pair.equals(that.pair)
                && Arrays.equals(hybridMs, that.hybridMs)
                && Arrays.equals(pureMs, that.pureMs)
                && status == that.status
                && reason.equals(that.reason);
    }

    @Override
    public int hashCode() {
        return Objects.hash(cell, pair, Arrays.hashCode(hybridMs), Arrays.hashCode(pureMs));
    }
}
