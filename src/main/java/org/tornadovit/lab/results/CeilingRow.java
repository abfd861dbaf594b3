package org.tornadovit.lab.results;

import java.util.Map;
import org.tornadovit.lab.experiment.Cell;
import org.tornadovit.lab.experiment.Precision;

/**
 * What a device can do at best, measured in the same run as the models.
 *
 * @param device name of the device
 * @param gflopPerSecond rate of each loop of multiply-adds tried, by its name, in GFLOP/s
 * @param copyGigabytesPerSecond bytes read plus written by a copy, in GB/s; empty of a failed one
 * @param status ok or failed
 * @param reason why it failed
 */
public record CeilingRow(
        String device,
        Map<String, Double> gflopPerSecond,
        Map<String, Double> copyGigabytesPerSecond,
        Status status,
        String reason)
        implements Entry {

    /** Copies the maps. */
    public CeilingRow {
        gflopPerSecond = Map.copyOf(gflopPerSecond);
        copyGigabytesPerSecond = Map.copyOf(copyGigabytesPerSecond);
    }

    @Override
    public Cell cell() {
        return new Cell(device, "ceiling", 1, Precision.FP32);
    }

    @Override
    public String kind() {
        return "ceiling";
    }

    /** A ceiling that was measured again and found higher is the better ceiling. */
    @Override
    public boolean replaces(Entry earlier) {
        return Entry.super.replaces(earlier)
                || (earlier instanceof CeilingRow lower && best() > lower.best());
    }

    /** {@return the greatest rate of multiply-adds, in GFLOP/s; 0 when none was measured} */
    public double best() {
        return gflopPerSecond.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    /** {@return the greatest rate of a copy, in GB/s; 0 when none was measured} */
    public double bestCopy() {
        return copyGigabytesPerSecond.values().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
    }
}
