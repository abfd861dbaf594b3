package org.tornadovit.lab.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.tornadovit.lab.results.RowFixtures.builder;
import static org.tornadovit.lab.results.RowFixtures.pair;
import static org.tornadovit.lab.results.RowFixtures.row;

import de.siegmar.fastcsv.reader.CsvReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tornadovit.lab.experiment.Cell;
import org.tornadovit.lab.experiment.Precision;

class TablesTest {
    @TempDir Path directory;

    @Test
    void numbersArePlain() {
        assertThat(Plain.number(1.5e-9)).isEqualTo("0.0000000015");
        assertThat(Plain.number(86567656)).isEqualTo("86567660");
        assertThat(Plain.number(100)).isEqualTo("100");
        assertThat(Plain.number(0)).isEqualTo("0");
        assertThat(Plain.brief(12345.678)).isEqualTo("12346");
        assertThat(Plain.brief(1.23456)).isEqualTo("1.23");
        assertThat(Plain.brief(0.00012345)).isEqualTo("0.000123");
        assertThat(Plain.brief(1.2345e-7)).isEqualTo("1.23e-07");
        assertThat(Plain.percent(0.12345)).isEqualTo("12.3 %");
    }

    @Test
    void csvHasEveryColumnAndTheReasonsOfEmptyFields() throws Exception {
        Row row =
                builder("jvm", "R26+S/32", "hybrid", 8, 1234.5)
                        .count(Column.PARAMETERS, 36431912)
                        .rejected("parity, of all things")
                        .build();
        try (var csv = CsvReader.builder().ofCsvRecord(CsvTable.of(List.of(row)))) {
            var records = csv.stream().toList();
            assertThat(records).hasSize(2);
            List<String> header = records.get(0).getFields();
            List<String> fields = records.get(1).getFields();
            assertThat(header).hasSize(Column.values().length + 1).doesNotHaveDuplicates();
            assertThat(fields.get(header.indexOf("parameters"))).isEqualTo("36431912");
            assertThat(fields.get(header.indexOf("latency_median_ms"))).isEqualTo("1234.5");
            assertThat(fields.get(header.indexOf("reason"))).isEqualTo("parity, of all things");
            assertThat(fields.get(header.indexOf("top1"))).isEmpty();
            assertThat(fields.get(header.indexOf("missing")))
                    .contains("top1")
                    .contains("not part of the test");
        }
    }

    @Test
    void aPairIsComparedInTimeAndAccuracy() {
        BitSet fewer = new BitSet();
        fewer.set(0, 50);
        Row hybrid =
                builder("jvm", "R26+S/32", "hybrid", 1, 13).count(Column.TEST_IMAGES, 100).build();
        Row pure =
                builder("jvm", "S/16", "pure", 1, 10)
                        .count(Column.TEST_IMAGES, 100)
                        .correct(fewer)
                        .build();
        List<String> sentences =
                Findings.pairs(List.of(pair("jvm", 1, 13, 10)), List.of(hybrid, pure));
        assertThat(sentences).hasSize(1);
        assertThat(sentences.getFirst())
                .contains("jvm, batch 1", "1.3 x", "the pure model is faster")
                .contains("R26+S/32 more accurate (McNemar p = 1.91e-06)");
    }

    @Test
    void aPairThatScattersHasNoVerdict() {
        List<Row> rows =
                List.of(row("jvm", "R26+S/32", "hybrid", 1, 13), row("jvm", "S/16", "pure", 1, 10));
        PairRow steady = pair("jvm", 1, 13, 10);
        PairRow unstable = with(steady, 12, Status.UNSTABLE);
        assertThat(Findings.pairs(List.of(unstable), rows))
                .singleElement()
                .asString()
                .contains("takes 1.3 x the time of S/16 [1.3, 1.3] in 12 rounds")
                .contains("no verdict, the pair is unstable")
                .doesNotContain("faster");
        assertThat(Findings.pairs(List.of(with(steady, 3, Status.TOO_FEW)), rows))
                .singleElement()
                .asString()
                .contains("takes 1.3 x the time of S/16 in 3 rounds")
                .contains("no verdict, the pair is of too few repetitions");
        assertThat(Findings.pairs(List.of(with(steady, 5, Status.OK)), rows))
                .singleElement()
                .asString()
                .contains("takes 1.3 x the time")
                .contains("no verdict, too few rounds for an interval");
        assertThat(Findings.crossovers(List.of(unstable, pair("jvm", 8, 130, 100)), List.of()))
                .singleElement()
                .asString()
                .contains("time batch 8: 1.3 [1.3, 1.3]")
                .contains(
                        "the pure model wins wherever a difference is shown (batch 1 is unstable)")
                .doesNotContain("throughout");
        assertThat(Findings.crossovers(List.of(unstable, unstable), List.of()))
                .singleElement()
                .asString()
                .contains("no verdict (batch 1 is unstable");
    }

    private static PairRow with(PairRow pair, int rounds, Status status) {
        return new PairRow(
                pair.cell(),
                pair.pair(),
                Arrays.copyOf(pair.hybridMs(), rounds),
                Arrays.copyOf(pair.pureMs(), rounds),
                status,
                status == Status.OK ? "" : "why");
    }

    @Test
    void whereTheTableSaysOtherwiseThePairSaysSo() {
        List<Row> rows =
                List.of(row("jvm", "R26+S/32", "hybrid", 1, 9), row("jvm", "S/16", "pure", 1, 10));
        assertThat(Findings.pairs(List.of(pair("jvm", 1, 13, 10)), rows))
                .singleElement()
                .asString()
                .contains("the medians of the table, measured apart, give 0.9 x");
        assertThat(Findings.pairs(List.of(pair("jvm", 1, 9, 10)), rows))
                .singleElement()
                .asString()
                .doesNotContain("measured apart");
    }

    @Test
    void aRowOfFewPassesHasNoIntervalAndTheReferenceIsNamed() {
        Row row =
                builder("jvm", "S/16", "pure", 1, 12.5)
                        .count(Column.REPETITIONS, 2)
                        .missing("too few", Column.LATENCY_LOW, Column.LATENCY_HIGH)
                        .missing(Column.PARITY, Row.REFERENCE)
                        .tooFew("given up")
                        .unstable("and it scatters")
                        .build();
        assertThat(row.status()).isEqualTo(Status.TOO_FEW);
        assertThat(row.reason()).isEqualTo("given up; and it scatters");
        try (Journal journal = Journal.open(directory.resolve("run.jsonl"))) {
            journal.append(row);
            String page =
                    MarkdownTable.of(EnvironmentFixtures.environment("abc"), journal, List.of(row));
            assertThat(page)
                    .contains("| 12.5 |")
                    .contains("| 2 |")
                    .contains("| reference |")
                    .contains("| too few repetitions |")
                    .contains("| repetitions |")
                    .contains("in rounds")
                    .doesNotContain("12.5 [")
                    .doesNotContain("parity_error: ");
        }
        try (Journal journal = Journal.open(directory.resolve("run.jsonl"))) {
            assertThat(journal.all(Row.class)).containsExactly(row);
        }
    }

    @Test
    void unstableRowsDecideNothingAtEqualAccuracy() {
        Row scattering =
                builder("jvm", "c", "hybrid", 1, 30).number(Column.TOP1, 0.7).unstable("s").build();
        List<Row> rows =
                List.of(accurate("a", "pure", 10, 0.6), accurate("b", "pure", 40, 0.8), scattering);
        assertThat(Findings.crossovers(List.of(), rows))
                .singleElement()
                .asString()
                .contains("accuracy 0.7: 1.5")
                .endsWith("No verdict: c is unstable.");
    }

    @Test
    void accuraciesOfDifferentImagesAreNotCompared() {
        Row hybrid =
                builder("jvm", "R26+S/32", "hybrid", 1, 13).count(Column.TEST_IMAGES, 100).build();
        Row pure = builder("jvm", "S/16", "pure", 1, 10).count(Column.TEST_IMAGES, 90).build();
        assertThat(Findings.pairs(List.of(pair("jvm", 1, 13, 10)), List.of(hybrid, pure)))
                .singleElement()
                .asString()
                .contains("accuracy not measured");
    }

    @Test
    void aCrossoverAlongTheBatchIsNamed() {
        List<PairRow> pairs = List.of(pair("jvm", 1, 8, 10), pair("jvm", 8, 90, 70));
        assertThat(Findings.crossovers(pairs, List.of()))
                .singleElement()
                .asString()
                .contains("Crossover near batch")
                .contains("the hybrid wins up to 1, the pure model from 8");
        assertThat(Findings.crossovers(List.of(pairs.get(0), pair("jvm", 8, 5, 9)), List.of()))
                .singleElement()
                .asString()
                .contains("the hybrid wins throughout");
    }

    @Test
    void aCrossoverAlongTheAccuracyIsNamed() {
        List<Row> rows =
                List.of(
                        accurate("a", "pure", 10, 0.6),
                        accurate("b", "pure", 20, 0.7),
                        accurate("c", "pure", 40, 0.8),
                        accurate("d", "hybrid", 9, 0.65),
                        accurate("e", "hybrid", 60, 0.79));
        assertThat(EqualAccuracy.points(rows.subList(0, 3), rows.subList(3, 5)))
                .extracting(p -> p.position())
                .containsExactly(0.65, 0.7, 0.79);
        assertThat(Findings.crossovers(List.of(), rows))
                .singleElement()
                .asString()
                .contains("the hybrid wins up to 0.7, the pure model from 0.79");
    }

    @Test
    void familiesThatShareNoAccuracyAreNotCompared() {
        List<Row> rows = List.of(accurate("a", "pure", 10, 0.6), accurate("b", "hybrid", 20, 0.7));
        assertThat(Findings.crossovers(List.of(), rows))
                .singleElement()
                .asString()
                .contains("share no range of accuracy");
    }

    @Test
    void ratiosAtEqualAccuracyAreReadOffTheLogarithm() {
        List<Row> pure = List.of(accurate("a", "pure", 10, 0.6), accurate("b", "pure", 40, 0.8));
        var points = EqualAccuracy.points(pure, List.of(accurate("c", "hybrid", 30, 0.7)));
        assertThat(points)
                .singleElement()
                .satisfies(p -> {
                    assertThat(p.ratio().value()).isCloseTo(1.5, within(1e-12));
                    assertThat(p.ratio().interval().low()).isLessThan(1.48);
                    assertThat(p.ratio().interval().high()).isGreaterThan(1.52);
                });
        assertThat(EqualAccuracy.points(pure, List.of(accurate("c", "hybrid", 30, 0.9)))).isEmpty();
    }

    @Test
    void thePageShowsRowsPairsAndWhatFailed() {
        Row failed =
                new RowBuilder(new Cell("opencl:0:0", "S/16", 1, Precision.FP32))
                        .failed("No memory | left.");
        List<Row> rows =
                List.of(
                        row("jvm", "S/16", "pure", 1, 12.5),
                        row("jvm", "R26+S/32", "hybrid", 1, 13),
                        failed);
        try (Journal journal = Journal.open(directory.resolve("run.jsonl"))) {
            rows.forEach(journal::append);
            journal.append(pair("jvm", 1, 13, 12.5));
            journal.append(RowFixtures.ceiling("jvm"));
            String page = MarkdownTable.of(EnvironmentFixtures.environment("abc"), journal, rows);
            assertThat(page)
                    .startsWith("# demo\n\nWhich is faster?")
                    .contains("| jvm | host | 25 | gemm 200 | copy 31.2 |")
                    .contains("| jvm | S/16 | pure | 1 | fp32 | 64 |")
                    .contains("12.5 [12.4, 12.6]")
                    .contains("- S/16, opencl:0:0, batch 1, fp32: failed: No memory | left.")
                    .contains("R26+S/32 takes 1.04 x the time of S/16")
                    .contains("- top1: not part of the test");
        }
    }

    private static Row accurate(String model, String family, double ms, double top1) {
        return builder("jvm", model, family, 1, ms).number(Column.TOP1, top1).build();
    }
}
