package org.tornadovit.lab.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tornadovit.lab.experiment.Accuracy;
import org.tornadovit.lab.experiment.Cell;
import org.tornadovit.lab.experiment.Experiment;
import org.tornadovit.lab.experiment.Pair;
import org.tornadovit.lab.experiment.Precision;
import org.tornadovit.lab.experiment.Timing;
import org.tornadovit.lab.measure.FakeBench.Fault;
import org.tornadovit.lab.results.CeilingRow;
import org.tornadovit.lab.results.Column;
import org.tornadovit.lab.results.Entry;
import org.tornadovit.lab.results.Environment;
import org.tornadovit.lab.results.PairRow;
import org.tornadovit.lab.results.Row;
import org.tornadovit.lab.results.RunFolder;
import org.tornadovit.lab.results.Status;
import org.tornadovit.lab.statistics.Ratio.Verdict;

class ComparisonTest {
    private final FakeBench bench = new FakeBench();
    private final List<String> measured = new ArrayList<>();
    @TempDir Path directory;

    private final Progress recorder =
            new Progress() {
                @Override
                public void begin(int steps) {
                    measured.add("begin " + steps);
                }

                @Override
                public void next(String label) {
                    measured.add(label);
                }

                @Override
                public void done(Entry entry) {}

                @Override
                public void end() {
                    measured.add("end");
                }
            };

    private static Experiment experiment(List<String> models, List<Precision> precisions) {
        return new Experiment(
                "t",
                "",
                List.of("jvm", "opencl:0:0"),
                "jvm",
                0,
                3,
                1,
                models,
                Map.of(),
                List.of(1, 4),
                precisions,
                models.contains("hybrid") ? List.of(new Pair("pure", "hybrid")) : List.of(),
                new Timing(2, 20, 6, 20, 10, 0.02, 0.05),
                1e-4,
                new Accuracy(Accuracy.Method.FEW_SHOT, "digits", 4, 2, 30, 1));
    }

    private RunFolder folder(Experiment experiment, boolean resume) {
        Environment environment =
                new Environment(
                        experiment,
                        "now",
                        "abc",
                        "sha256:d",
                        "25",
                        "os",
                        "cpu",
                        2,
                        1,
                        bench.inventory(),
                        bench.devices(experiment.devices()));
        return resume
                ? RunFolder.resume(directory.resolve("run"), environment)
                : RunFolder.begin(directory.resolve("run"), environment);
    }

    private List<Entry> run(Experiment experiment, boolean resume) {
        measured.clear();
        try (RunFolder folder = folder(experiment, resume)) {
            return new Comparison(bench, new FakeImages(), folder, recorder, bench::now).run();
        }
    }

    private static Row row(List<Entry> entries, String device, String model, int batch) {
        Cell cell = new Cell(device, model, batch, Precision.FP32);
        return entries.stream()
                .filter(e -> e.cell().equals(cell))
                .map(Row.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyCellIsMeasuredAndEveryPairCompared() {
        List<Entry> entries =
                run(experiment(List.of("pure", "hybrid"), List.of(Precision.FP32)), false);
        assertThat(entries).hasSize(2 * (1 + 2 * 2 + 2)).allMatch(e -> e.status() == Status.OK);
        assertThat(Comparison.hasFailures(entries)).isFalse();
        assertThat(bench.open).isZero();
        Row row = row(entries, "opencl:0:0", "hybrid", 4);
        assertThat(row.number(Column.LATENCY_MEDIAN)).hasValue(52);
        assertThat(row.number(Column.FIRST_RUN)).hasValue(100);
        assertThat(row.number(Column.BUILD)).hasValue(7);
        assertThat(row.number(Column.REPETITIONS)).hasValue(6);
        assertThat(row.number(Column.WARM_UP)).hasValue(2 * 5);
        assertThat(row.text(Column.STOPPED_BY)).contains("precise");
        assertThat(row.number(Column.IMAGES_PER_SECOND).orElseThrow())
                .isCloseTo(4 / 0.052, within(1e-9));
        assertThat(row.number(Column.RATE).orElseThrow())
                .isCloseTo(2 * 0.05 * 4 / 0.052, within(1e-9));
        assertThat(row.number(Column.CEILING_FRACTION).orElseThrow())
                .isCloseTo(2 * 0.05 * 4 / 5.2, within(1e-9));
        assertThat(row.number(Column.STEM_TIME)).hasValue(0.25);
        assertThat(row.number(Column.STEM_MACS)).hasValue(0.1);
        assertThat(row.number(Column.PARITY)).hasValue(0);
        assertThat(row.number(Column.DEVICE_MEMORY)).hasValue(3);
        assertThat(row.number(Column.TOP1).orElseThrow()).isGreaterThan(0.9);
        assertThat(row.number(Column.TEST_IMAGES)).hasValue(30);
        PairRow pair =
                entries.stream()
                        .filter(PairRow.class::isInstance)
                        .map(PairRow.class::cast)
                        .findFirst()
                        .orElseThrow();
        assertThat(pair.ratio().value()).isCloseTo(1.3, within(1e-9));
        assertThat(measured.getFirst()).isEqualTo("begin 14");
        assertThat(measured.getLast()).isEqualTo("end");
    }

    @Test
    void theReferenceIsNotJudgedByItself() {
        List<Entry> entries = run(experiment(List.of("pure"), List.of(Precision.FP32)), false);
        Row reference = row(entries, "jvm", "pure", 1);
        assertThat(reference.number(Column.PARITY)).isEmpty();
        assertThat(reference.missing().get(Column.PARITY)).contains("reference");
        assertThat(bench.prepared.stream().filter(p -> p.contains("jvm")).toList())
                .containsExactly("pure@jvmx1", "pure@jvmx4");
    }

    @ParameterizedTest
    @CsvSource({
        "WRONG_LOGITS, REJECTED, logits differ from those of jvm",
        "NAN, REJECTED, NaN",
        "MISCOUNTS, REJECTED, 'do 49999999 MACs an image, the formula says 50000000'",
        "TOO_FAST, REJECTED, above the measured ceiling of 100",
        "SCATTERS, UNSTABLE, scatter",
        "THROWS, FAILED, IllegalStateException: the device broke"
    })
    void whatIsWrongIsSaid(Fault fault, Status status, String reason) {
        bench.faults.put("opencl:0:0", fault);
        List<Entry> entries = run(experiment(List.of("pure"), List.of(Precision.FP32)), false);
        Row row = row(entries, "opencl:0:0", "pure", 1);
        assertThat(row.status()).isEqualTo(status);
        assertThat(row.reason()).contains(reason);
        assertThat(Comparison.hasFailures(entries)).isEqualTo(status != Status.UNSTABLE);
        assertThat(row(entries, "jvm", "pure", 4).status()).isEqualTo(Status.OK);
        assertThat(bench.open).isZero();
    }

    @Test
    void aCountThatTheRuntimeDoesNotTellIsNotMadeUp() {
        bench.faults.put("opencl:0:0", Fault.UNCOUNTED);
        Row row =
                row(
                        run(experiment(List.of("pure"), List.of(Precision.FP32)), false),
                        "opencl:0:0",
                        "pure",
                        1);
        assertThat(row.status()).isEqualTo(Status.OK);
        assertThat(row.missing().get(Column.GMACS_COUNTED)).contains("does not tell");
        assertThat(row.missing().get(Column.STEM_MACS)).contains("does not tell");
        assertThat(row.number(Column.GMACS_FORMULA)).hasValue(0.05);
    }

    @Test
    void aRateAboveTheCeilingIsNotShown() {
        bench.faults.put("opencl:0:0", Fault.TOO_FAST);
        Row row =
                row(
                        run(experiment(List.of("pure"), List.of(Precision.FP32)), false),
                        "opencl:0:0",
                        "pure",
                        1);
        assertThat(row.number(Column.RATE)).isEmpty();
        assertThat(row.number(Column.IMAGES_PER_SECOND)).isEmpty();
        assertThat(row.number(Column.LATENCY_MEDIAN)).isPresent();
    }

    @Test
    void aCeilingThatAModelExceedsIsMeasuredAgain() {
        bench.ceilings.addAll(List.of(5.0, 50.0));
        Experiment experiment = experiment(List.of("pure"), List.of(Precision.FP32));
        List<Entry> entries = run(experiment, false);
        assertThat(entries).allMatch(e -> e.status() == Status.OK);
        assertThat(row(entries, "jvm", "pure", 1).number(Column.CEILING)).hasValue(50);
        assertThat(row(entries, "jvm", "pure", 4).number(Column.CEILING)).hasValue(50);
        assertThat(entries)
                .filteredOn(CeilingRow.class::isInstance)
                .extracting(e -> ((CeilingRow) e).best())
                .containsExactlyInAnyOrder(50.0, 100.0);
        assertThat(run(experiment, true)).containsExactlyElementsOf(entries);
    }

    @Test
    void passesThatStillBecomeFasterAreWarmUp() {
        bench.faults.put("opencl:0:0", Fault.BECOMES_FASTER);
        List<Entry> entries = run(experiment(List.of("pure"), List.of(Precision.FP32)), false);
        Row row = row(entries, "opencl:0:0", "pure", 1);
        assertThat(row.status()).isEqualTo(Status.OK);
        assertThat(row.number(Column.LATENCY_MEDIAN)).hasValue(10);
        assertThat(row.number(Column.WARM_UP).orElseThrow())
                .isGreaterThan(row(entries, "jvm", "pure", 1).number(Column.WARM_UP).orElseThrow());
    }

    @Test
    void theLeastPassesAreTimedHoweverLongTheyTake() {
        bench.faults.put("opencl:0:0", Fault.TAKES_SECONDS);
        List<Entry> entries =
                run(experiment(List.of("pure", "hybrid"), List.of(Precision.FP32)), false);
        Row row = row(entries, "opencl:0:0", "pure", 1);
        assertThat(row.status()).isEqualTo(Status.OK);
        assertThat(row.number(Column.REPETITIONS)).hasValue(6);
        assertThat(row.number(Column.LATENCY_LOW)).hasValue(3000);
        assertThat(pair(entries, "opencl:0:0").hybridMs()).hasSize(6);
    }

    @Test
    void aHopelessCellHasAMedianAndNothingBeyond() {
        bench.faults.put("opencl:0:0", Fault.TAKES_MINUTES);
        List<Entry> entries =
                run(experiment(List.of("pure", "hybrid"), List.of(Precision.FP32)), false);
        Row row = row(entries, "opencl:0:0", "pure", 1);
        assertThat(row.status()).isEqualTo(Status.TOO_FEW);
        assertThat(row.reason()).startsWith("given up after 3 of at least 6");
        assertThat(row.number(Column.LATENCY_MEDIAN)).hasValue(50_000);
        assertThat(row.number(Column.REPETITIONS)).hasValue(3);
        assertThat(row.text(Column.STOPPED_BY)).contains("hopeless");
        assertThat(row.missing())
                .containsKeys(
                        Column.LATENCY_LOW,
                        Column.LATENCY_HIGH,
                        Column.LATENCY_P90,
                        Column.LATENCY_P99,
                        Column.LATENCY_CV);
        assertThat(Comparison.hasFailures(entries)).isFalse();
        PairRow pair = pair(entries, "opencl:0:0");
        assertThat(pair.status()).isEqualTo(Status.TOO_FEW);
        assertThat(pair.verdict()).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void aPairScattersAsARowDoes() {
        bench.faults.put("hybrid", Fault.SCATTERS);
        List<Entry> entries =
                run(experiment(List.of("pure", "hybrid"), List.of(Precision.FP32)), false);
        PairRow pair = pair(entries, "jvm");
        assertThat(pair.status()).isEqualTo(Status.UNSTABLE);
        assertThat(pair.reason())
                .contains("the passes of hybrid scatter by")
                .doesNotContain("of pure");
        assertThat(pair.verdict()).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void roundsThatStillBecomeFasterAreWarmUp() {
        bench.faults.put("pure", Fault.BECOMES_FASTER);
        List<Entry> entries =
                run(experiment(List.of("pure", "hybrid"), List.of(Precision.FP32)), false);
        assertThat(pair(entries, "jvm").status()).isEqualTo(Status.OK);
        assertThat(pair(entries, "jvm").pureMs()).containsOnly(10);
    }

    private static PairRow pair(List<Entry> entries, String device) {
        return entries.stream()
                .filter(e -> e instanceof PairRow && e.cell().device().equals(device))
                .map(PairRow.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anUnknownModelOrPrecisionFailsItsCellsOnly() {
        List<Entry> entries =
                run(
                        experiment(
                                List.of("pure", "unknown"),
                                List.of(Precision.FP32, Precision.INT8)),
                        false);
        assertThat(entries.stream().filter(e -> e.status() == Status.FAILED)).hasSize(2 * (4 + 2));
        assertThat(row(entries, "jvm", "unknown", 1).reason())
                .isEqualTo("There is no model 'unknown'.");
    }

    @Test
    void aFinishedCellIsNotMeasuredTwice() {
        Experiment experiment = experiment(List.of("pure", "hybrid"), List.of(Precision.FP32));
        List<Entry> whole = run(experiment, false);
        bench.prepared.clear();
        assertThat(run(experiment, true)).containsExactlyElementsOf(whole);
        assertThat(bench.prepared).isEmpty();
        assertThat(measured).containsExactly("begin 0", "end");
    }

    @Test
    void whatFailedIsTriedAgainAndWhatWasRejectedIsNot() {
        Experiment experiment = experiment(List.of("pure", "hybrid"), List.of(Precision.FP32));
        bench.faults.put("hybrid", Fault.THROWS);
        bench.faults.put("opencl:0:0", Fault.WRONG_LOGITS);
        List<Entry> before = run(experiment, false);
        assertThat(before).extracting(Entry::status).contains(Status.FAILED, Status.REJECTED);
        long failed = before.stream().filter(e -> e.status() == Status.FAILED).count();
        long rejected = before.stream().filter(e -> e.status() == Status.REJECTED).count();
        bench.faults.clear();
        List<Entry> after = run(experiment, true);
        assertThat(measured.getFirst()).isEqualTo("begin " + failed);
        assertThat(after).hasSameSizeAs(before);
        assertThat(after).extracting(Entry::status).doesNotContain(Status.FAILED);
        assertThat(after.stream().filter(e -> e.status() == Status.REJECTED))
                .hasSize((int) rejected);
        assertThat(run(experiment, true)).containsExactlyElementsOf(after);
        assertThat(measured.getFirst()).isEqualTo("begin 0");
    }

    @Test
    void anInterruptedRunGoesOnWhereItStopped() {
        Experiment experiment = experiment(List.of("pure", "hybrid"), List.of(Precision.FP32));
        Progress interrupting =
                new Progress() {
                    private int steps;

                    @Override
                    public void begin(int all) {}

                    @Override
                    public void next(String label) {
                        if (++steps == 4) {
                            throw new IllegalStateException("killed");
                        }
                    }

                    @Override
                    public void done(Entry entry) {}

                    @Override
                    public void end() {}
                };
        try (RunFolder folder = folder(experiment, false)) {
            Comparison comparison =
                    new Comparison(bench, new FakeImages(), folder, interrupting, bench::now);
            assertThatThrownBy(comparison::run).hasMessage("killed");
        }
        List<Entry> entries = run(experiment, true);
        assertThat(measured.getFirst()).isEqualTo("begin 11");
        assertThat(entries).hasSize(14).allMatch(e -> e.status() == Status.OK);
    }

    @Test
    void accuracyIsMeasuredOnceForAllBatchSizes() {
        List<Entry> entries = run(experiment(List.of("pure"), List.of(Precision.FP32)), false);
        Row one = row(entries, "jvm", "pure", 1);
        Row four = row(entries, "jvm", "pure", 4);
        assertThat(four.number(Column.TOP1)).isEqualTo(one.number(Column.TOP1));
        assertThat(four.correct()).isEqualTo(one.correct());
        assertThat(four.values().get(Column.TEST_IMAGES))
                .isEqualTo(one.values().get(Column.TEST_IMAGES));
    }
}
