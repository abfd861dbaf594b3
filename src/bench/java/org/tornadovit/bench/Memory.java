package org.tornadovit.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.tornadovit.io.Safetensors;
import org.tornadovit.io.Tensor;
import org.tornadovit.io.onnx.OnnxFile;
import org.tornadovit.lab.measure.Devices;
import org.tornadovit.models.Model;
import org.tornadovit.models.Models;
import org.tornadovit.nn.WeightSpec;
import org.tornadovit.nn.Weights;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Peak resident memory of a process that loads a model from a file and runs it: here from a
 * checkpoint, there from the exported model.
 */
@Command(
        name = "scripts/bench memory",
        description = "Peak resident memory (VmHWM) of a model here and in ONNX Runtime.",
        mixinStandardHelpOptions = true)
final class Memory implements Callable<Integer> {
    private static final double MIB = 1 << 20;

    @Parameters(arity = "0..1", paramLabel = "MODEL", description = "(default: ViT-B/16)")
    private String name = "ViT-B/16";

    @Option(names = "--batch", paramLabel = "N", description = "(default: 1)")
    private int batch = 1;

    @Option(
            names = "--device",
            split = ",",
            paramLabel = "NAME",
            description = "Devices of this project (default: jvm).")
    private List<String> devices = List.of("jvm");

    /** Runs the command. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Memory()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Devices found = new Devices();
        List<String> names = found.select(devices);
        BenchFolder folder = BenchFolder.begin("memory " + name, found, names);
        Model model = Models.named(name);
        Path files = Files.createTempDirectory("memory");
        Path checkpoint = files.resolve("model.safetensors");
        Path onnx = files.resolve("model.onnx");
        List<List<String>> records = new ArrayList<>();
        try {
            Weights weights = model.randomWeights(Field.SEED);
            Safetensors.write(checkpoint, tensors(weights), Map.of());
            OnnxFile.write(onnx, model.onnx(weights), Map.of());
            long peer = probe("onnxruntime", onnx);
            record(records, "onnxruntime", peer, peer);
            for (String device : names) {
                record(records, device, probe(device, checkpoint), peer);
            }
        } finally {
            Files.deleteIfExists(checkpoint);
            Files.deleteIfExists(onnx);
            Files.deleteIfExists(files);
        }
        folder.write(
                "memory.csv",
                List.of("model", "batch", "participant", "peak_mib", "peak_over_onnxruntime"),
                records);
        System.out.println("The table is in " + folder.path().resolve("memory.csv") + ".");
        return 0;
    }

    private void record(List<List<String>> records, String participant, long peak, long peer) {
        String mib = String.format(Locale.ROOT, "%.0f", peak / MIB);
        String ratio = String.format(Locale.ROOT, "%.3f", (double) peak / peer);
        System.out.printf(
                "%-12s %3d  %-14s %6s MiB  %s x ONNX Runtime's%n",
                name, batch, participant, mib, ratio);
        records.add(List.of(name, Integer.toString(batch), participant, mib, ratio));
    }

    private static List<Tensor> tensors(Weights weights) {
        List<Tensor> tensors = new ArrayList<>();
        for (WeightSpec spec : weights.specs()) {
            long[] shape = spec.shape().stream().mapToLong(Integer::longValue).toArray();
            tensors.add(Tensor.of(spec.name(), weights.get(spec.name()).toHeapArray(), shape));
        }
        return tensors;
    }

    /** {@return the peak of a process of its own, in bytes} */
    private long probe(String participant, Path file) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(
                "@" + Path.of(System.getProperty("tornadovit.home", ""), "scripts/jvm.options"));
        command.addAll(
                List.of(MemoryProbe.class.getName(), participant, name, batch + "", file + ""));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new PeerException("The process of %s failed.".formatted(participant));
        }
        return Long.parseLong(output.strip().lines().toList().getLast());
    }
}
