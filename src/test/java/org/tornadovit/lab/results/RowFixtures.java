package org.tornadovit.lab.results;

import java.util.BitSet;
import java.util.EnumSet;
import java.util.Map;
import org.tornadovit.lab.experiment.Cell;
import org.tornadovit.lab.experiment.Pair;
import org.tornadovit.lab.experiment.Precision;

/** Rows with made-up numbers for tests of what is done with rows. */
public final class RowFixtures {
    private RowFixtures() {}

    public static Row row(String device, String model, String family, int batch, double ms) {
        return builder(device, model, family, batch, ms).build();
    }

    public static RowBuilder builder(
            String device, String model, String family, int batch, double ms) {
        RowBuilder row = new RowBuilder(new Cell(device, model, batch, Precision.FP32));
        for (Column column : EnumSet.range(Column.DEVICE_NAME, Column.COMMIT)) {
            if (!EnumSet.of(
                            Column.MODEL,
                            Column.PRECISION,
                            Column.BATCH,
                            Column.STATUS,
                            Column.REASON)
                    .contains(column)) {
                row.missing(column, "not part of the test");
            }
        }
        BitSet correct = new BitSet();
        correct.set(0, 70);
        return row.text(Column.FAMILY, family)
                .number(Column.LATENCY_MEDIAN, ms)
                .number(Column.LATENCY_LOW, ms * 0.99)
                .number(Column.LATENCY_HIGH, ms * 1.01)
                .number(Column.GMACS_FORMULA, ms / 10)
                .count(Column.IMAGE_SIZE, 64)
                .samples(new double[] {ms, ms * 1.01, ms * 0.99})
                .correct(correct);
    }

    public static PairRow pair(String device, int batch, double hybridMs, double pureMs) {
        Pair pair = new Pair("S/16", "R26+S/32");
        double[] hybrid = new double[12];
        double[] pure = new double[12];
        for (int i = 0; i < 12; i++) {
            hybrid[i] = hybridMs * (1 + 0.001 * (i % 3));
            pure[i] = pureMs * (1 + 0.001 * (i % 4));
        }
        return new PairRow(
                new Cell(device, pair.name(), batch, Precision.FP32),
                pair,
                hybrid,
                pure,
                Status.OK,
                "");
    }

    public static CeilingRow ceiling(String device) {
        return new CeilingRow(device, Map.of("gemm", 200.5), Map.of("copy", 31.25), Status.OK, "");
    }
}
