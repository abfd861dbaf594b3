package org.tornadovit.bench;

import java.nio.file.Path;
import org.tornadovit.lab.measure.Devices;
import org.tornadovit.lab.measure.ModelCandidate;
import org.tornadovit.lab.measure.PeakMemory;
import org.tornadovit.models.Model;
import org.tornadovit.models.Models;

/** Loads a model, runs it, and says how much memory the process had at most. */
final class MemoryProbe {
    private static final int PASSES = 5;

    private MemoryProbe() {}

    /** Arguments: a device or {@code onnxruntime}, model, batch, file. */
    public static void main(String[] arguments) {
        String participant = arguments[0];
        Model model = Models.named(arguments[1]);
        Cell cell = new Cell(arguments[1], model, Integer.parseInt(arguments[2]));
        Path file = Path.of(arguments[3]);
        try (Participant runner = open(participant, cell, file)) {
            for (int pass = 0; pass < PASSES; pass++) {
                runner.run();
            }
            System.out.println(PeakMemory.bytes().orElseThrow());
        }
    }

    private static Participant open(String participant, Cell cell, Path file) {
        if (participant.equals("onnxruntime")) {
            return new OnnxRuntime(file, cell.model(), cell.batch(), cell.images());
        }
        Devices devices = new Devices();
        ModelCandidate candidate = ModelCandidate.load(cell.name(), cell.model(), file, devices);
        return new TornadoParticipant(candidate, participant, cell.batch(), cell.images());
    }
}
