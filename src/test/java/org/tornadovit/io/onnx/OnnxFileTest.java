package org.tornadovit.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tornadovit.io.onnx.WireReader.Field;

class OnnxFileTest {
    private static final int GRAPH = 7;

    @TempDir private Path directory;

    private static OnnxGraph graph() {
        OnnxGraph graph = new OnnxGraph("net");
        String x = graph.input("x", 2);
        String w =
                graph.floats("w", List.of(2L, 1L), () -> MemorySegment.ofArray(new float[] {3, 4}));
        String product = graph.add("MatMul", "product", List.of(x, w));
        String y =
                graph.add(
                        "Softmax",
                        "y",
                        List.of(product),
                        Attribute.of("axis", -1L),
                        Attribute.of("some", List.of(1L, 2L)),
                        Attribute.of("epsilon", 0.5f));
        graph.output(y, 1);
        return graph;
    }

    private static List<Field> fields(List<Field> message, int number) {
        return message.stream().filter(field -> field.number() == number).toList();
    }

    private static List<Field> inner(List<Field> message, int number) {
        return fields(message, number).getFirst().fields();
    }

    private static String text(List<Field> message, int number) {
        return fields(message, number).getFirst().text();
    }

    private List<Field> read(Path file) throws IOException {
        return WireReader.read(ByteBuffer.wrap(Files.readAllBytes(file)));
    }

    @Test
    void theModelNamesItsFormatAndOperators() throws IOException {
        Path file = directory.resolve("net.onnx");
        assertThat(OnnxFile.write(file, graph(), Map.of("model", "N"))).containsExactly(file);
        List<Field> model = read(file);
        assertThat(fields(model, 1).getFirst().whole()).isEqualTo(8);
        assertThat(fields(inner(model, 8), 2).getFirst().whole()).isEqualTo(17);
        assertThat(text(inner(model, 14), 1)).isEqualTo("model");
        assertThat(text(inner(model, 14), 2)).isEqualTo("N");
    }

    @Test
    void operationsHaveInputsOutputsAndAttributes() throws IOException {
        Path file = directory.resolve("net.onnx");
        OnnxFile.write(file, graph(), Map.of());
        List<Field> nodes = fields(inner(read(file), GRAPH), 1);
        assertThat(nodes).hasSize(2);
        List<Field> product = nodes.getFirst().fields();
        assertThat(fields(product, 1)).extracting(Field::text).containsExactly("x", "w");
        assertThat(text(product, 2)).isEqualTo("product");
        assertThat(text(product, 4)).isEqualTo("MatMul");
        List<Field> attributes = fields(nodes.get(1).fields(), 5);
        List<Field> axis = attributes.get(0).fields();
        assertThat(text(axis, 1)).isEqualTo("axis");
        assertThat(fields(axis, 3).getFirst().whole()).isEqualTo(-1);
        assertThat(fields(axis, 20).getFirst().whole()).isEqualTo(2);
        assertThat(fields(attributes.get(1).fields(), 8))
                .extracting(Field::whole)
                .containsExactly(1L, 2L);
        long bits = fields(attributes.get(2).fields(), 2).getFirst().whole();
        assertThat(Float.intBitsToFloat((int) bits)).isEqualTo(0.5f);
    }

    @Test
    void constantsAndPortsHaveTheirShapes() throws IOException {
        Path file = directory.resolve("net.onnx");
        OnnxFile.write(file, graph(), Map.of());
        List<Field> graph = inner(read(file), GRAPH);
        List<Field> w = inner(graph, 5);
        assertThat(fields(w, 1)).extracting(Field::whole).containsExactly(2L, 1L);
        assertThat(fields(w, 2).getFirst().whole()).isEqualTo(1);
        assertThat(text(w, 8)).isEqualTo("w");
        ByteBuffer raw = fields(w, 9).getFirst().bytes().order(ByteOrder.LITTLE_ENDIAN);
        assertThat(raw.getFloat(0)).isEqualTo(3);
        assertThat(raw.getFloat(4)).isEqualTo(4);
        List<Field> tensor = inner(inner(inner(graph, 11), 2), 1);
        List<Field> extents = fields(inner(tensor, 2), 1);
        assertThat(text(extents.get(0).fields(), 2)).isEqualTo("batch");
        assertThat(fields(extents.get(1).fields(), 1).getFirst().whole()).isEqualTo(2);
        assertThat(text(inner(graph, 12), 1)).isEqualTo("y");
    }

    @Test
    void whatIsTooLargeForOneMessageLiesBesideIt() throws IOException {
        OnnxGraph graph = graph();
        graph.floats("v", List.of(3L), () -> MemorySegment.ofArray(new float[] {5, 6, 7}));
        graph.wholes("shape", 1, 2);
        Path file = directory.resolve("net.onnx");
        List<Path> files = OnnxFile.write(file, graph, Map.of(), 100);
        assertThat(files).containsExactly(file, directory.resolve("net.onnx.data"));
        List<Field> constants = fields(inner(read(file), GRAPH), 5);
        List<Field> v = constants.get(1).fields();
        assertThat(fields(v, 14).getFirst().whole()).isEqualTo(1);
        assertThat(fields(v, 9)).isEmpty();
        List<String> external =
                fields(v, 13).stream()
                        .map(entry -> text(entry.fields(), 1) + "=" + text(entry.fields(), 2))
                        .toList();
        assertThat(external).containsExactly("location=net.onnx.data", "offset=4096", "length=12");
        ByteBuffer data =
                ByteBuffer.wrap(Files.readAllBytes(files.get(1))).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(data.capacity()).isEqualTo(4096 + 12);
        assertThat(data.getFloat(0)).isEqualTo(3);
        assertThat(data.getFloat(4096 + 8)).isEqualTo(7);
        assertThat(fields(constants.get(2).fields(), 9)).hasSize(1); // a shape stays inside
    }

    @Test
    void aValueIsMadeOnceAndBeforeItIsRead() {
        OnnxGraph graph = graph();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph.add("Relu", "y", List.of("x")))
                .withMessageContaining("y is there already");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph.add("Relu", "z", List.of("q")))
                .withMessageContaining("z reads q");
    }
}
