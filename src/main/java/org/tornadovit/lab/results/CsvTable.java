package org.tornadovit.lab.results;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Rows as CSV: units in the header, plain numbers, an empty field where nothing was measured, and a
 * last column that says why.
 */
public final class CsvTable {
    private CsvTable() {}

    /**
     * Writes rows.
     *
     * @param rows in the order of the table
     * @return the text of {@code table.csv}
     */
    public static String of(List<Row> rows) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            List<String> header = new ArrayList<>();
            for (Column column : Column.values()) {
                header.add(column.header());
            }
            header.add("missing");
            csv.writeRecord(header);
            rows.forEach(row -> csv.writeRecord(fields(row)));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException("A string cannot be full", e);
        }
        return text.toString();
    }

    private static List<String> fields(Row row) {
        List<String> fields = new ArrayList<>();
        for (Column column : Column.values()) {
            fields.add(
                    switch (row.values().get(column)) {
                        case null -> "";
                        case Double number -> Plain.number(number);
                        case Object other -> other.toString();
                    });
        }
        TreeMap<String, List<String>> columnsByReason = new TreeMap<>();
        row.missing()
                .forEach((column, reason) ->
                        columnsByReason
                                .computeIfAbsent(reason, _ -> new ArrayList<>())
                                .add(column.header()));
        columnsByReason.remove("nothing to report");
        List<String> reasons = new ArrayList<>();
        columnsByReason.forEach(
                (reason, columns) -> reasons.add(String.join(" ", columns) + ": " + reason));
        fields.add(String.join("; ", reasons));
        return fields;
    }
}
