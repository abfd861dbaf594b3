package org.tornadovit.lab.results;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A run as a page to read: devices, the table, pairs, crossovers, and what is missing and why. */
public final class MarkdownTable {
    private record Field(String header, Function<Row, String> text) {}

    private static final List<Field> FIELDS =
            List.of(
                    new Field("device", row -> row.cell().device()),
                    new Field("model", row -> row.cell().model()),
                    new Field("family", row -> row.text(Column.FAMILY).orElse("")),
                    new Field("batch", row -> Integer.toString(row.cell().batch())),
                    new Field("type", row -> row.cell().precision().key()),
                    new Field("px", brief(Column.IMAGE_SIZE)),
                    new Field("Mparam", scaled(Column.PARAMETERS, 1e-6)),
                    new Field("GMAC", brief(Column.GMACS_COUNTED)),
                    new Field("median ms [95 %]", MarkdownTable::latency),
                    new Field("p90 ms", brief(Column.LATENCY_P90)),
                    new Field("p99 ms", brief(Column.LATENCY_P99)),
                    new Field("repetitions", brief(Column.REPETITIONS)),
                    new Field("CV", percent(Column.LATENCY_CV)),
                    new Field("first ms", brief(Column.FIRST_RUN)),
                    new Field("images/s", brief(Column.IMAGES_PER_SECOND)),
                    new Field("GFLOP/s", brief(Column.RATE)),
                    new Field("of ceiling", percent(Column.CEILING_FRACTION)),
                    new Field("stem time", percent(Column.STEM_TIME)),
                    new Field("stem MAC", percent(Column.STEM_MACS)),
                    new Field("peak MiB", brief(Column.PEAK_RESIDENT)),
                    new Field("parity", MarkdownTable::parity),
                    new Field("top-1 [95 %]", MarkdownTable::accuracy),
                    new Field("status", row -> row.status().key()));

    private MarkdownTable() {}

    /**
     * Writes a run.
     *
     * @param environment what was measured, where
     * @param journal the lines measured
     * @param rows the rows in the order of the table
     * @return the text of {@code table.md}
     */
    public static String of(Environment environment, Journal journal, List<Row> rows) {
        List<PairRow> pairs = journal.all(PairRow.class);
        StringBuilder page = new StringBuilder();
        page.append("# ").append(environment.experiment().name()).append("\n\n");
        if (!environment.experiment().question().isEmpty()) {
            page.append(environment.experiment().question()).append("\n\n");
        }
        page.append(machine(environment)).append("\n\n");
        section(page, "Devices", devices(environment, journal.all(CeilingRow.class)));
        page.append("## Models\n\n").append(table(rows)).append('\n');
        section(page, "Pairs", bullets(Findings.pairs(pairs, rows)));
        section(page, "Crossovers", bullets(Findings.crossovers(pairs, rows)));
        section(page, "Warnings and failures", bullets(complaints(journal, rows)));
        section(page, "Not measured", bullets(absences(rows)));
        page.append(
                """
                ## Conventions

                A MAC is a multiply-add of a convolution, a linear layer or an attention product; \
                GFLOP/s counts it as two operations. Latency is of a whole forward pass, \
                from the image in host memory to the logits in host memory, after warm-up; the \
                interval is the distribution-free one of the median, and is left out where fewer \
                than 6 passes were timed. Repetitions are the passes timed. A pair is measured \
                apart from the rows, in rounds: both models are on the device, and a round is a \
                pass of each, one right after the other and each first in turn. Its ratio is the \
                median of the rounds' ratios with its distribution-free 95 % interval, so it may \
                differ from the ratio of the medians in the table, which were measured at other \
                times. A verdict is given where that interval does not contain 1 and neither \
                model's passes scatter more than a row's may. The ceiling is the best rate \
                that loops of \
                multiply-adds reached on the device in the same run. Parity is the greatest \
                difference of logits from the reference device over the largest logit there. \
                The interval of top-1 is the exact binomial one. table.csv holds every column and \
                run.jsonl every repetition.
                """);
        return page.toString();
    }

    private static String machine(Environment e) {
        return "%s, %d cores, %d MiB; %s; JDK %s; commit %s; %s."
                .formatted(
                        e.processor(),
                        e.cores(),
                        e.memoryMib(),
                        e.system(),
                        e.jdk(),
                        e.commit(),
                        e.started());
    }

    private static String devices(Environment environment, List<CeilingRow> ceilings) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "| device | name | driver | multiply-adds, GFLOP/s | copy, GB/s |\n"
                        + "|---|---|---|---|---|");
        for (DeviceFacts device : environment.devices()) {
            String rates = "";
            String copies = "";
            for (CeilingRow ceiling : ceilings) {
                if (ceiling.device().equals(device.name())) {
                    rates = rates(ceiling.gflopPerSecond());
                    copies = rates(ceiling.copyGigabytesPerSecond());
                }
            }
            lines.add(
                    "| %s | %s | %s | %s | %s |"
                            .formatted(
                                    cell(device.name()),
                                    cell(device.description()),
                                    cell(device.driver()),
                                    cell(rates),
                                    cell(copies)));
        }
        return String.join("\n", lines) + "\n\n" + bullets(environment.inventory().sentences());
    }

    private static String rates(java.util.Map<String, Double> rates) {
        List<String> parts = new ArrayList<>();
        new java.util.TreeMap<>(rates)
                .forEach((name, rate) -> parts.add(name + " " + Plain.brief(rate)));
        return String.join(", ", parts);
    }

    private static String table(List<Row> rows) {
        StringBuilder table = new StringBuilder("|");
        FIELDS.forEach(field -> table.append(' ').append(field.header()).append(" |"));
        table.append("\n|").append("---|".repeat(FIELDS.size())).append('\n');
        for (Row row : rows) {
            table.append('|');
            FIELDS.forEach(
                    field -> table.append(' ').append(cell(field.text().apply(row))).append(" |"));
            table.append('\n');
        }
        return table.toString();
    }

    private static List<String> complaints(Journal journal, List<Row> rows) {
        List<String> lines = new ArrayList<>();
        rows.forEach(row -> complain(lines, row));
        journal.all(PairRow.class).forEach(pair -> complain(lines, pair));
        journal.all(CeilingRow.class).forEach(ceiling -> complain(lines, ceiling));
        return lines;
    }

    private static void complain(List<String> lines, Entry entry) {
        if (entry.status() != Status.OK) {
            lines.add(
                    "%s: %s: %s"
                            .formatted(entry.cell().label(), entry.status().key(), entry.reason()));
        }
    }

    private static Set<String> absences(List<Row> rows) {
        Set<String> lines = new LinkedHashSet<>();
        for (Row row : rows) {
            if (row.status() != Status.FAILED) {
                row.missing()
                        .forEach((column, reason) -> {
                            if (column != Column.REASON && !reason.equals(Row.REFERENCE)) {
                                lines.add(column.header() + ": " + reason);
                            }
                        });
            }
        }
        return lines;
    }

    private static void section(StringBuilder page, String title, String text) {
        if (!text.isEmpty()) {
            page.append("## ").append(title).append("\n\n").append(text).append('\n');
        }
    }

    private static String bullets(Iterable<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append("- ").append(line).append('\n'));
        return text.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }

    private static Function<Row, String> brief(Column column) {
        return scaled(column, 1);
    }

    private static Function<Row, String> scaled(Column column, double factor) {
        return row -> {
            var value = row.number(column);
            return value.isPresent() ? Plain.brief(value.getAsDouble() * factor) : "";
        };
    }

    private static Function<Row, String> percent(Column column) {
        return row -> {
            var value = row.number(column);
            return value.isPresent() ? Plain.percent(value.getAsDouble()) : "";
        };
    }

    private static String latency(Row row) {
        return ranged(row, Column.LATENCY_MEDIAN, Column.LATENCY_LOW, Column.LATENCY_HIGH);
    }

    private static String parity(Row row) {
        return Row.REFERENCE.equals(row.missing().get(Column.PARITY))
                ? "reference"
                : brief(Column.PARITY).apply(row);
    }

    private static String accuracy(Row row) {
        return ranged(row, Column.TOP1, Column.TOP1_LOW, Column.TOP1_HIGH);
    }

    private static String ranged(Row row, Column middle, Column low, Column high) {
        if (row.number(middle).isEmpty() || row.number(low).isEmpty()) {
            return brief(middle).apply(row);
        }
        return "%s [%s, %s]"
                .formatted(brief(middle).apply(row), brief(low).apply(row), brief(high).apply(row));
    }
}
