package org.tornadovit.gpu;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.tornadovit.codegen.ptx.StandInKernels;
import org.tornadovit.io.Checkpoint;
import org.tornadovit.io.Npy;
import org.tornadovit.lab.measure.Devices;
import org.tornadovit.models.BuiltModel;
import org.tornadovit.models.CheckpointWeights;
import org.tornadovit.models.Model;
import org.tornadovit.models.Models;
import org.tornadovit.nn.Weights;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;

/**
 * Compares models on a device with the logits that files hold, or with the JVM's, and measures
 * them; writes one JSON object a line. Arguments: device, models, batches, folder of files, file
 * for the lines, seconds a cell (0: a single run), last second of the epoch at which a cell may
 * begin.
 *
 * <p>A model {@code M} finds its weights in {@code M.safetensors}, images in {@code M.input.npy}
 * and logits in {@code M.logits.npy}, where {@code /} and {@code +} of its name are {@code -}.
 */
final class GpuModels {
    private static final int FEWEST_RUNS = 5;
    private static final int MOST_RUNS = 500;
    private static final int WARM_UP_RUNS = 3;

    private final Devices devices = new Devices();
    private final String deviceName;
    private final Path folder;
    private final PrintStream lines;
    private final double seconds;
    private final int fewestRuns;
    private final int warmUpRuns;
    private final long deadline;

    private GpuModels(String[] arguments) throws IOException {
        deviceName = devices.one(arguments[0]);
        folder = Path.of(arguments[3]);
        lines =
                new PrintStream(
                        Files.newOutputStream(Path.of(arguments[4])), true, StandardCharsets.UTF_8);
        seconds = Double.parseDouble(arguments[5]);
        fewestRuns = seconds > 0 ? FEWEST_RUNS : 1;
        warmUpRuns = seconds > 0 ? WARM_UP_RUNS : 0;
        deadline = Long.parseLong(arguments[6]);
    }

    public static void main(String[] arguments) throws IOException {
        if (System.getenv("CUDA_STAND_IN") != null) {
            StandInKernels.install();
        }
        GpuModels models = new GpuModels(arguments);
        List<Integer> batches = Stream.of(arguments[2].split(",")).map(Integer::valueOf).toList();
        for (String name : arguments[1].split(",")) {
            try {
                models.model(name, batches);
            } catch (RuntimeException e) {
                models.failed(name, 0, e);
            }
        }
        System.exit(0);
    }

    private void model(String name, List<Integer> batches) throws IOException {
        Path checkpoint = file(name, ".safetensors");
        Model model = Models.named(name);
        if (!Files.exists(checkpoint)) {
            measure(name, model, model.randomWeights(1), batches);
            return;
        }
        try (Checkpoint opened = Checkpoint.open(checkpoint)) {
            CheckpointWeights.Loaded loaded = CheckpointWeights.adapt(model, opened);
            measure(name, loaded.model(), loaded.weights(), batches);
        }
    }

    private void measure(String name, Model model, Weights weights, List<Integer> batches)
            throws IOException {
        TornadoDevice device = devices.device(deviceName);
        compare(name, model, weights, device);
        double each = 0;
        for (int batch : batches) {
            double expected = each * batch * (warmUpRuns + fewestRuns);
            if (Instant.now().getEpochSecond() + expected > deadline) {
                skipped(name, batch, "skipped: %.0f s are too long".formatted(expected));
                continue;
            }
            try {
                each = cell(name, model, weights, device, batch);
            } catch (RuntimeException | OutOfMemoryError e) {
                failed(name, batch, e);
            }
        }
    }

    /** Logits of both for the same images, relative to the largest. */
    private void compare(String name, Model model, Weights weights, TornadoDevice device)
            throws IOException {
        Path images = file(name, ".input.npy");
        boolean isGiven = Files.exists(images);
        float[] input =
                isGiven
                        ? Npy.read(images).toFloats()
                        : random(model.channels() * model.imageSize() * model.imageSize());
        int batch = input.length / (model.channels() * model.imageSize() * model.imageSize());
        float[] found = logits(model.build(batch, weights), device, input);
        float[] expected =
                isGiven
                        ? Npy.read(file(name, ".logits.npy")).toFloats()
                        : logits(model.build(batch, weights), devices.device("jvm"), input);
        double largest = 0;
        double difference = found.length == expected.length ? 0 : Double.POSITIVE_INFINITY;
        for (int i = 0; i < expected.length && i < found.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            double off = Math.abs(found[i] - expected[i]);
            difference = Math.max(difference, Double.isNaN(off) ? Double.POSITIVE_INFINITY : off);
        }
        lines.printf(
                "{\"kind\":\"parity\",\"model\":\"%s\",\"reference\":\"%s\",\"batch\":%d,"
                        + "\"difference\":%s,\"largest\":%s,\"relative\":%s}%n",
                name,
                isGiven ? "timm fp32" : "jvm fp32",
                batch,
                number(difference),
                number(largest),
                number(difference / largest));
    }

    private static float[] logits(BuiltModel built, TornadoDevice device, float[] input) {
        for (int i = 0; i < input.length; i++) {
            built.input().set(i, input[i]);
        }
        built.logits().init(Float.NaN); // what is not written is seen
        try (TornadoExecutionPlan plan = plan(built, device)) {
            plan.execute();
            return built.logits().toHeapArray();
        } catch (uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TornadoExecutionPlan plan(BuiltModel built, TornadoDevice device) {
        TornadoExecutionPlan plan = new TornadoExecutionPlan(built.graphs());
        plan.withDevice(device);
        return plan;
    }

    /** {@return seconds an image} */
    private double cell(
            String name, Model model, Weights weights, TornadoDevice device, int batch) {
        BuiltModel built = model.build(batch, weights);
        float[] input = random(built.input().getSize());
        for (int i = 0; i < input.length; i++) {
            built.input().set(i, input[i]);
        }
        try (TornadoExecutionPlan plan = plan(built, device)) {
            long begin = System.nanoTime();
            plan.execute();
            double first = (System.nanoTime() - begin) / 1e6;
            for (int i = 0; i < warmUpRuns; i++) {
                plan.execute();
            }
            double[] millis = new double[MOST_RUNS];
            int runs = 0;
            long start = System.nanoTime();
            while (runs < fewestRuns
                    || runs < MOST_RUNS && System.nanoTime() - start < seconds * 1e9) {
                long before = System.nanoTime();
                plan.execute();
                millis[runs++] = (System.nanoTime() - before) / 1e6;
            }
            double[] sorted = Arrays.copyOf(millis, runs);
            Arrays.sort(sorted);
            plan.withProfiler(ProfilerMode.SILENT);
            plan.execute();
            TornadoExecutionResult result = plan.execute();
            double kernels = result.getProfilerResult().getDeviceKernelTime() / 1e6;
            double median = sorted[runs / 2];
            lines.printf(
                    "{\"kind\":\"model\",\"model\":\"%s\",\"batch\":%d,\"precision\":\"fp32\","
                            + "\"macs\":%d,\"host_ms\":%s,\"best_ms\":%s,\"p90_ms\":%s,"
                            + "\"kernel_ms\":%s,\"first_ms\":%s,\"runs\":%d,\"device_bytes\":%d,"
                            + "\"finite\":%b,\"status\":\"ok\"}%n",
                    name,
                    batch,
                    model.macs().total(),
                    number(median),
                    number(sorted[0]),
                    number(sorted[(int) (0.9 * (runs - 1))]),
                    number(kernels),
                    number(first),
                    runs,
                    plan.getCurrentDeviceMemoryUsage(),
                    isFinite(built));
            return median / 1e3 / batch;
        } catch (uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isFinite(BuiltModel built) {
        for (float logit : built.logits().toHeapArray()) {
            if (!Float.isFinite(logit)) {
                return false;
            }
        }
        return true;
    }

    private static float[] random(int length) {
        Random random = new Random(7);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private Path file(String name, String end) {
        return folder.resolve(name.replaceAll("[/+]", "-") + end);
    }

    private void failed(String name, int batch, Throwable failure) {
        failure.printStackTrace();
        skipped(name, batch, String.valueOf(failure.getMessage()));
    }

    private void skipped(String name, int batch, String why) {
        String safe = why.replaceAll("[\\\\\"\\p{Cntrl}]", " ");
        lines.printf(
                "{\"kind\":\"model\",\"model\":\"%s\",\"batch\":%d,\"precision\":\"fp32\","
                        + "\"status\":\"%s\"}%n",
                name, batch, safe.substring(0, Math.min(300, safe.length())));
    }

    private static String number(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "1e308";
    }
}
