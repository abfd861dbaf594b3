package org.tornadovit.lab.results;

import java.util.List;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.node.ArrayNode;

/** Results as JSON for other programs. */
public final class JsonRows {
    private static final ObjectWriter WRITER = EntryCodec.MAPPER.writerWithDefaultPrettyPrinter();

    private JsonRows() {}

    /** {@return rows as a JSON array; every row has its values, and why others are missing} */
    public static String of(List<Row> rows) {
        ArrayNode array = EntryCodec.MAPPER.createArrayNode();
        rows.forEach(row -> array.add(EntryCodec.tree(row)));
        return WRITER.writeValueAsString(array) + "\n";
    }

    /** {@return any records as JSON} */
    public static String ofRecords(List<? extends Record> records) {
        return WRITER.writeValueAsString(records) + "\n";
    }
}
