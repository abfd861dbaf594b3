package org.tornadovit.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.tornadovit.io.onnx.OnnxFile;
import org.tornadovit.io.onnx.OnnxGraph;
import org.tornadovit.lab.measure.Devices;
import org.tornadovit.lab.measure.Failure;
import org.tornadovit.lab.measure.ModelCandidate;
import org.tornadovit.models.Model;

/**
 * Who takes part in a cell, all with the same weights and images, and who could not and why. Peers
 * read files, which are made once a model.
 */
final class Field implements AutoCloseable {
    /** Seed of the weights. */
    static final long SEED = 1;

    private final List<Participant> present = new ArrayList<>();
    private final Map<String, String> absent = new LinkedHashMap<>();

    /** A model in the forms that everybody reads. */
    record Forms(ModelCandidate candidate, Path onnx, Path script) implements AutoCloseable {
        /** Writes the files to a temporary folder. */
        static Forms of(String name, Model model, Devices devices) throws IOException {
            Path folder = Files.createTempDirectory("peers");
            OnnxGraph graph = model.onnx(model.randomWeights(SEED));
            Path onnx = folder.resolve("model.onnx");
            OnnxFile.write(onnx, graph, Map.of("model", name));
            Path script = folder.resolve("model.pt");
            TorchScript.write(graph, script);
            return new Forms(ModelCandidate.random(name, model, SEED, devices), onnx, script);
        }

        /** Removes the files. */
        @Override
        public void close() throws IOException {
            Files.deleteIfExists(onnx);
            Files.deleteIfExists(onnx.resolveSibling(onnx.getFileName() + ".data"));
            Files.deleteIfExists(script);
            Files.deleteIfExists(onnx.resolveSibling(".").normalize());
        }
    }

    /** Prepares everybody for a cell, and has everybody run it once. */
    Field(Cell cell, Forms forms, List<String> devices) {
        float[] images = cell.images();
        Model model = cell.model();
        int batch = cell.batch();
        for (String device : devices) {
            add(device, () -> new TornadoParticipant(forms.candidate, device, batch, images));
        }
        add("onnxruntime", () -> new OnnxRuntime(forms.onnx, model, batch, images));
        add("libtorch", () -> new LibTorch(forms.script, model, batch, images));
    }

    private void add(String name, Supplier<Participant> maker) {
        try {
            Participant participant = maker.get();
            participant.run();
            present.add(participant);
        } catch (RuntimeException | LinkageError e) {
            absent.put(name, "not run: " + Failure.sentence(e));
        }
    }

    /** {@return who takes part, ours first} */
    List<Participant> present() {
        return List.copyOf(present);
    }

    /** {@return why others do not, by name} */
    Map<String, String> absent() {
        return Map.copyOf(absent);
    }

    @Override
    public void close() {
        present.forEach(Participant::close);
    }
}
