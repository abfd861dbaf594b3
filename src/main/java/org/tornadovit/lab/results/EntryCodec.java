package org.tornadovit.lab.results;

import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tornadovit.lab.experiment.Cell;
import org.tornadovit.lab.experiment.Pair;
import org.tornadovit.lab.experiment.Precision;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes entries as JSON and reads them back, refusing what it would not write. */
final class EntryCodec {
    static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private EntryCodec() {}

    static String write(Entry entry) {
        return MAPPER.writeValueAsString(tree(entry));
    }

    static Entry read(String json) {
        return entry(MAPPER.readTree(json));
    }

    /** {@return the JSON form of an entry} */
    static ObjectNode tree(Entry entry) {
        ObjectNode node = MAPPER.createObjectNode().put("kind", entry.kind());
        switch (entry) {
            case Row row -> {
                putCell(node, row.cell());
                ObjectNode values = node.putObject("values");
                row.values().forEach((c, v) -> values.set(c.header(), scalar(v)));
                ObjectNode missing = node.putObject("missing");
                row.missing().forEach((c, reason) -> missing.put(c.header(), reason));
                putNumbers(node, "samples_ms", row.samplesMs());
                node.put("correct", HexFormat.of().formatHex(row.correct().toByteArray()));
            }
            case PairRow pair -> {
                putCell(node, pair.cell());
                node.put("pure", pair.pair().pure()).put("hybrid", pair.pair().hybrid());
                putNumbers(node, "pure_ms", pair.pureMs());
                putNumbers(node, "hybrid_ms", pair.hybridMs());
                putStatus(node, pair);
            }
            case CeilingRow ceiling -> {
                node.put("device", ceiling.device());
                node.set("gflop_per_s", MAPPER.valueToTree(ceiling.gflopPerSecond()));
                node.set("copy_gb_per_s", MAPPER.valueToTree(ceiling.copyGigabytesPerSecond()));
                putStatus(node, ceiling);
            }
        }
        return node;
    }

    private static Entry entry(JsonNode node) {
        String kind = text(node, "kind");
        return switch (kind) {
            case "row" ->
                    new Row(
                            cell(node),
                            values(object(node, "values")),
                            reasons(object(node, "missing")),
                            numbers(node, "samples_ms"),
                            BitSet.valueOf(HexFormat.of().parseHex(text(node, "correct"))));
            case "pair" ->
                    new PairRow(
                            cell(node),
                            new Pair(text(node, "pure"), text(node, "hybrid")),
                            numbers(node, "hybrid_ms"),
                            numbers(node, "pure_ms"),
                            Status.of(text(node, "status")),
                            text(node, "reason"));
            case "ceiling" ->
                    new CeilingRow(
                            text(node, "device"),
                            rates(object(node, "gflop_per_s")),
                            rates(object(node, "copy_gb_per_s")),
                            Status.of(text(node, "status")),
                            text(node, "reason"));
            default -> throw new IllegalArgumentException("unknown kind '" + kind + "'");
        };
    }

    private static void putCell(ObjectNode node, Cell cell) {
        node.put("device", cell.device()).put("model", cell.model());
        node.put("batch", cell.batch()).put("precision", cell.precision().key());
    }

    private static void putStatus(ObjectNode node, Entry entry) {
        node.put("status", entry.status().key()).put("reason", entry.reason());
    }

    private static void putNumbers(ObjectNode node, String key, double[] numbers) {
        ArrayNode array = node.putArray(key);
        Arrays.stream(numbers).forEach(array::add);
    }

    private static JsonNode scalar(Object value) {
        return switch (value) {
            case Long number -> MAPPER.getNodeFactory().numberNode(number);
            case Double number -> MAPPER.getNodeFactory().numberNode(number);
            default -> MAPPER.getNodeFactory().stringNode(value.toString());
        };
    }

    private static Cell cell(JsonNode node) {
        return new Cell(
                text(node, "device"),
                text(node, "model"),
                required(node, "batch").intValue(),
                Precision.of(text(node, "precision")));
    }

    private static Map<Column, Object> values(ObjectNode node) {
        Map<Column, Object> values = new EnumMap<>(Column.class);
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            JsonNode value = property.getValue();
            values.put(
                    column(property.getKey()),
                    value.isIntegralNumber()
                            ? (Object) value.longValue()
                            : value.isNumber()
                                    ? (Object) value.doubleValue()
                                    : value.stringValue());
        }
        return values;
    }

    private static Map<Column, String> reasons(ObjectNode node) {
        Map<Column, String> reasons = new EnumMap<>(Column.class);
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            reasons.put(column(property.getKey()), property.getValue().stringValue());
        }
        return reasons;
    }

    private static Column column(String header) {
        for (Column column : Column.values()) {
            if (column.header().equals(header)) {
                return column;
            }
        }
        throw new IllegalArgumentException("unknown column '" + header + "'");
    }

    private static Map<String, Double> rates(ObjectNode node) {
        Map<String, Double> rates = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            rates.put(property.getKey(), property.getValue().doubleValue());
        }
        return rates;
    }

    private static double[] numbers(JsonNode node, String key) {
        JsonNode array = required(node, key);
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.get(i).doubleValue();
        }
        return numbers;
    }

    private static ObjectNode object(JsonNode node, String key) {
        return required(node, key).asObject();
    }

    private static String text(JsonNode node, String key) {
        return required(node, key).stringValue();
    }

    private static JsonNode required(JsonNode node, String key) {
        JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
            throw new IllegalArgumentException("'" + key + "' is missing");
        }
        return value;
    }
}
