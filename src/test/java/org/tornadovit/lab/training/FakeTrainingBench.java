package org.tornadovit.lab.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tornadovit.io.batch.Batch;
import org.tornadovit.lab.LabException;
import org.tornadovit.lab.results.DeviceFacts;
import org.tornadovit.models.Model;
import org.tornadovit.nn.Weights;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Learners whose weights are a running digest of what they saw: whoever sees other batches, or the
 * same in another order, ends elsewhere.
 */
final class FakeTrainingBench implements TrainingBench {
    /** Steps after which a learner breaks down, by model. */
    final Map<String, Long> breakdowns = new HashMap<>();

    /** Steps, counted over all learners, after which the process is cut off; below 0 for never. */
    long cutAfter = -1;

    /** Shares of images that models have right; others have half. */
    final Map<String, Double> skill = new HashMap<>();

    @Override
    public DeviceFacts device() {
        return new DeviceFacts("jvm", "fake", "none", "none", "cpu", 1, 1);
    }

    @Override
    public Learner learner(Lesson lesson, Optional<Path> state) {
        Fake fake = new Fake(lesson);
        state.ifPresent(fake::load);
        return fake;
    }

    @Override
    public Scores examine(Model model, Weights weights, Exam exam) {
        int images = Math.min(exam.limit(), exam.test().size());
        BitSet correct = new BitSet();
        float digest = weights.get(weights.specs().getFirst().name()).get(0);
        int right = (int) Math.round(images * skill.getOrDefault(model.name(), 0.5));
        int shift = Math.floorMod(Float.floatToIntBits(digest), 3);
        correct.set(0, Math.max(0, right - shift));
        Optional<Double> share = exam.shots() == 0 ? Optional.empty() : Optional.of(0.25);
        return new Scores(images, correct, share, share);
    }

    private final class Fake implements Learner {
        private final Lesson lesson;
        private double digest;
        private long steps;

        Fake(Lesson lesson) {
            this.lesson = lesson;
            digest = lesson.start().get(lesson.start().specs().getFirst().name()).get(0);
        }

        private void load(Path file) {
            try {
                String[] parts = Files.readString(file).split(" ");
                steps = Long.parseLong(parts[0]);
                digest = Double.parseDouble(parts[1]);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public long steps() {
            return steps;
        }

        @Override
        public Step step(Batch batch) {
            if (batch.step() != steps) {
                throw new IllegalStateException("batch " + batch.step() + " at step " + steps);
            }
            if (cutAfter == 0) {
                throw new Error("the process is cut off");
            }
            cutAfter--;
            if (steps >= breakdowns.getOrDefault(lesson.model().name(), Long.MAX_VALUE)) {
                throw new LabException("The loss is NaN at step " + steps + ".");
            }
            digest = 0.9 * digest + Arrays.hashCode(batch.images()) * 1e-10;
            steps++;
            return new Step(2.0 / steps + Math.abs(digest), lesson.recipe().learningRate());
        }

        @Override
        public Weights weights() {
            Map<String, FloatArray> values = new LinkedHashMap<>();
            lesson.start().specs().forEach(s -> values.put(s.name(), lesson.start().get(s.name())));
            var first = lesson.start().specs().getFirst();
            float[] changed = lesson.start().get(first.name()).toHeapArray();
            changed[0] = (float) digest;
            values.put(first.name(), Weights.array(changed));
            return Weights.of(lesson.start().specs(), values);
        }

        @Override
        public void save(Path file) {
            try {
                Files.writeString(file, steps + " " + digest);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {}
    }
}
