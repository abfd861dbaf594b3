package org.tornadovit.lab.measure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.tornadovit.io.image.RgbImage;
import org.tornadovit.lab.LabException;
import org.tornadovit.lab.experiment.Precision;
import org.tornadovit.lab.results.CeilingRow;
import org.tornadovit.lab.results.DeviceFacts;
import org.tornadovit.lab.results.Inventory;
import org.tornadovit.lab.results.Status;

/** Models that compute a little and take a made-up time, on a clock that tests move. */
public final class FakeBench implements Bench {
    public static final int LENGTH = 12;
    public static final int CLASSES = 3;

    /** What a fake model does wrong, by device or model name. */
    public enum Fault {
        THROWS,
        WRONG_LOGITS,
        NAN,
        MISCOUNTS,
        UNCOUNTED,
        TOO_FAST,
        SCATTERS,
        BECOMES_FASTER,
        TAKES_SECONDS,
        TAKES_MINUTES
    }

    final AtomicLong nanoseconds = new AtomicLong();
    public final Map<String, Fault> faults = new HashMap<>();
    final List<String> prepared = new ArrayList<>();
    final Deque<Double> ceilings = new ArrayDeque<>();
    int open;

    /** The clock of this bench. */
    public long now() {
        return nanoseconds.get();
    }

    @Override
    public Inventory inventory() {
        return new Inventory(List.of("jvm", "opencl:0:0"), Map.of("spirv", "No translator."));
    }

    @Override
    public List<DeviceFacts> devices(List<String> names) {
        return names.stream()
                .map(n -> new DeviceFacts(n, n + " device", "p", "driver 1", "cpu", 2, 1024))
                .toList();
    }

    @Override
    public CeilingRow ceiling(String device) {
        double best = ceilings.isEmpty() ? 100 : ceilings.removeFirst();
        return new CeilingRow(device, Map.of("gemm", best), Map.of("copy", 10.0), Status.OK, "");
    }

    @Override
    public void requireModel(String model) {
        if (model.equals("unknown")) {
            throw new LabException("There is no model 'unknown'.");
        }
    }

    @Override
    public Candidate candidate(String model) {
        requireModel(model);
        return new FakeCandidate(model);
    }

    private final class FakeCandidate implements Candidate {
        private final String model;

        FakeCandidate(String model) {
            this.model = model;
        }

        @Override
        public String name() {
            return model;
        }

        @Override
        public Family family() {
            return model.startsWith("hybrid") ? Family.HYBRID : Family.PURE;
        }

        @Override
        public int imageSize() {
            return 2;
        }

        @Override
        public int inputLength() {
            return LENGTH;
        }

        @Override
        public long parameters() {
            return 36;
        }

        @Override
        public long macs() {
            return 50_000_000;
        }

        @Override
        public String weights() {
            return "random:1";
        }

        @Override
        public Recipe recipe() {
            return FakeBench::input;
        }

        @Override
        public Prepared prepare(String device, int batch, Precision precision) {
            if (precision != Precision.FP32) {
                throw new LabException(precision.key() + " is not available.");
            }
            prepared.add(model + "@" + device + "x" + batch);
            nanoseconds.addAndGet(7_000_000);
            open++;
            return new FakePrepared(model, device, batch);
        }
    }

    private static void input(RgbImage image, float[] target, int offset) {
        for (int i = 0; i < LENGTH; i++) {
            target[offset + i] = image.pixels()[i] / 10f;
        }
    }

    private final class FakePrepared implements Prepared {
        private final int batch;
        private final Fault fault;
        private final long duration;
        private float[] input = {};
        private float[] logits = {};
        private int runs;

        FakePrepared(String model, String device, int batch) {
            this.batch = batch;
            this.fault = faults.getOrDefault(device, faults.get(model));
            this.duration = batch * (model.startsWith("hybrid") ? 13_000_000L : 10_000_000L);
        }

        @Override
        public int batch() {
            return batch;
        }

        @Override
        public void input(float[] images) {
            input = images.clone();
        }

        @Override
        public void run() {
            if (fault == Fault.THROWS) {
                throw new IllegalStateException("the device\nbroke");
            }
            logits = new float[batch * CLASSES];
            for (int i = 0; i < input.length; i++) {
                logits[i / LENGTH * CLASSES + i % CLASSES] += input[i];
            }
            if (fault == Fault.WRONG_LOGITS) {
                logits[0] += 1;
            }
            if (fault == Fault.NAN) {
                logits[0] = Float.NaN;
            }
            long time = runs++ == 0 ? 100_000_000 : duration;
            if (fault == Fault.TOO_FAST) {
                time = 10_000;
            }
            if (fault == Fault.SCATTERS) {
                time *= 1 + runs % 3;
            }
            if (fault == Fault.BECOMES_FASTER) {
                time += Math.max(0, 60 - runs) * (runs % 7 == 0 ? 900_000L : 100_000L);
            }
            if (fault == Fault.TAKES_SECONDS) {
                time = 3_000_000_000L;
            }
            if (fault == Fault.TAKES_MINUTES) {
                time = 50_000_000_000L;
            }
            nanoseconds.addAndGet(time);
        }

        @Override
        public Split runByParts() {
            run();
            return new Split(2, 8);
        }

        @Override
        public float[] logits() {
            return logits.clone();
        }

        @Override
        public float[] features() {
            return logits.clone();
        }

        @Override
        public Optional<Work> runAndCount() {
            run();
            return fault == Fault.UNCOUNTED
                    ? Optional.empty()
                    : Optional.of(
                            new Work(
                                    5_000_000, fault == Fault.MISCOUNTS ? 49_999_999 : 50_000_000));
        }

        @Override
        public long deviceBytes() {
            return 3 << 20;
        }

        @Override
        public void close() {
            open--;
        }
    }
}
