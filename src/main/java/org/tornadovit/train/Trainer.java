package org.tornadovit.train;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.tornadovit.io.Checkpoint;
import org.tornadovit.models.Model;
import org.tornadovit.nn.Section;
import org.tornadovit.nn.WeightSpec;
import org.tornadovit.nn.Weights;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Trains a model: fill {@link #images} and {@link #targets}, call {@link #step}, again and again.
 * See the package for how it works. For use by one thread.
 */
public final class Trainer implements AutoCloseable {
    private final Model model;
    private final TrainingRecipe recipe;
    private final int batch;
    private final TrainingPass pass;
    private final TornadoExecutionPlan plan;
    private Optional<TornadoExecutionResult> forward = Optional.empty();
    private Optional<TornadoExecutionResult> backward = Optional.empty();
    private Optional<TornadoExecutionResult> update = Optional.empty();
    private long batches;

    /** Trains on the default device. See the other constructor. */
    public Trainer(Model model, Weights start, TrainingRecipe recipe, int batch) {
        this(model, start, recipe, batch, Optional.empty());
    }

    /**
     * Makes everything ready; kernels are compiled at the first step.
     *
     * @param model what to train
     * @param start weights to start from; they are copied
     * @param recipe how to train
     * @param batch images of a step
     * @param device where; the default device when there is none
     * @throws IllegalArgumentException when the model has no classifier or nothing is to be learned
     * @throws UnsupportedOperationException when the model is of a kind that cannot be trained
     */
    public Trainer(
            Model model,
            Weights start,
            TrainingRecipe recipe,
            int batch,
            Optional<TornadoDevice> device) {
        this.model = model;
        this.recipe = recipe;
        this.batch = batch;
        this.pass = new TrainingPass(model, start, recipe, batch);
        this.plan = new TornadoExecutionPlan(pass.graphs());
        device.ifPresent(plan::withDevice);
    }

    /** {@return what is trained} */
    public Model model() {
        return model;
    }

    /** {@return how it is trained} */
    public TrainingRecipe recipe() {
        return recipe;
    }

    /** {@return images of a step} */
    public int batch() {
        return batch;
    }

    /** {@return the next images, float32 [batch, channels, imageSize, imageSize]; fill it} */
    public FloatArray images() {
        return pass.built().input();
    }

    /**
     * {@return the distribution over classes of each image, float32 [batch, classes]; fill it. A
     * row of zeros leaves its image out.}
     */
    public FloatArray targets() {
        return pass.targets();
    }

    /** {@return the logits of the last {@link #step} or {@link #predict}, [batch, classes]} */
    public FloatArray logits() {
        return pass.built().logits();
    }

    /** {@return batches that were learned from} */
    public long batches() {
        return batches;
    }

    /** {@return updates of the weights} */
    public long updates() {
        return batches / recipe.accumulation();
    }

    /**
     * Runs the images through the whole model as it is, without learning and without noise.
     *
     * @return the loss of each image, float32 [batch]; {@link #logits} has the rest
     */
    public FloatArray predict() {
        pass.turn().set(0, -1);
        return forward();
    }

    private FloatArray forward() {
        forward = Optional.of(plan.withGraph(0).execute());
        return pass.losses();
    }

    /**
     * Learns from one batch; the weights change with every {@link TrainingRecipe#accumulation}th.
     *
     * @throws DivergenceException when the loss or a gradient is not finite; nothing has changed
     */
    public TrainingStep step() {
        boolean first = batches % recipe.accumulation() == 0;
        boolean last = (batches + 1) % recipe.accumulation() == 0;
        double rate = recipe.schedule().at(updates());
        control(rate, first);
        pass.turn().set(0, (int) (batches & Integer.MAX_VALUE));
        forward();
        double loss = loss();
        if (!Double.isFinite(loss)) {
            throw new DivergenceException(
                    ("The loss is %s at batch %d, learning rate %.3g; the first array that is"
                                    + " not finite is of %s. Start again from a checkpoint with a"
                                    + " lower rate or clipping.")
                            .formatted(loss, batches + 1, rate, firstNotFinite()));
        }
        TornadoExecutionResult back = plan.withGraph(1).execute();
        backward = Optional.of(back);
        double length = pass.length().get(1);
        if (!Double.isFinite(length)) {
            throw new DivergenceException(
                    ("A gradient is not finite at batch %d, learning rate %.3g, loss %.4g:"
                                    + " that of %s. Start again from a checkpoint with a lower rate"
                                    + " or clipping.")
                            .formatted(batches + 1, rate, loss, lastNotFinite(back)));
        }
        if (last) {
            update = Optional.of(plan.withGraph(2).execute());
        }
        batches++;
        return new TrainingStep(batches, loss, rate, length, last);
    }

    private void control(double rate, boolean first) {
        FloatArray control = pass.control();
        long update = updates() + 1;
        control.set(Updates.RATE, (float) rate);
        if (recipe.optimizer() instanceof Optimizer.AdamW adam) {
            control.set(Updates.CORRECTION_1, (float) (1 - Math.pow(adam.beta1(), update)));
            control.set(Updates.CORRECTION_2, (float) (1 - Math.pow(adam.beta2(), update)));
        }
        // the first values count little, so that the average does not hang on the start
        double share = Math.min(recipe.average(), (1.0 + update) / (10.0 + update));
        control.set(Updates.AVERAGE, (float) share);
        control.set(Updates.KEEP, first ? 0 : 1);
    }

    private double loss() {
        int classes = model.classes();
        double sum = 0;
        int counted = 0;
        for (int n = 0; n < batch; n++) {
            sum += pass.losses().get(n);
            boolean counts = false;
            for (int c = 0; c < classes; c++) {
                counts |= pass.targets().get(n * classes + c) != 0;
            }
            counted += counts ? 1 : 0;
        }
        return sum / Math.max(counted, 1);
    }

    /** The first task of the forward pass that works on something that is not finite. */
    private String firstNotFinite() {
        TornadoExecutionResult result = forward.orElseThrow();
        for (Section section : pass.forward()) {
            for (Section.Task task : section.tasks()) {
                for (Object argument : task.arguments()) {
                    if (argument instanceof FloatArray array) {
                        read(result, array);
                        if (!isFinite(array)) {
                            return task.name();
                        }
                    }
                }
            }
        }
        return "none that is kept";
    }

    private void read(TornadoExecutionResult result, FloatArray array) {
        boolean made = pass.forwardArrays().stream().anyMatch(a -> a == array);
        boolean host = array == images() || array == logits();
        boolean weight = pass.learned().stream().anyMatch(one -> one.weight() == array);
        if (made && !host || weight) {
            result.transferToHost(array);
        }
    }

    /** The weight whose gradient was the first not to be finite on the way back. */
    private String lastNotFinite(TornadoExecutionResult backward) {
        for (Learned one : pass.learned().reversed()) {
            backward.transferToHost(one.gradient());
            if (!isFinite(one.gradient())) {
                return one.spec().name();
            }
        }
        return "none alone, but all together are too long";
    }

    private static boolean isFinite(FloatArray array) {
        for (int i = 0; i < array.getSize(); i++) {
            if (!Float.isFinite(array.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** {@return a copy of the weights as they are now} */
    public Weights weights() {
        return copy(Learned::weight);
    }

    /**
     * {@return a copy of the moving average of the weights}
     *
     * @throws IllegalStateException when the recipe asks for none
     */
    public Weights average() {
        if (recipe.average() == 0) {
            throw new IllegalStateException("The recipe asks for no moving average.");
        }
        return copy(one -> one.average().getFirst());
    }

    /**
     * {@return copies of the gradients that the last batch gave, by the names of their weights,
     * before clipping; empty before the first}
     */
    public Map<String, FloatArray> gradients() {
        Map<String, FloatArray> gradients = new LinkedHashMap<>();
        backward.ifPresent(result -> {
            for (Learned one : pass.learned()) {
                result.transferToHost(one.gradient());
                gradients.put(one.spec().name(), Weights.array(one.gradient().toHeapArray()));
            }
        });
        return gradients;
    }

    private Weights copy(Function<Learned, FloatArray> part) {
        fetch();
        Map<String, FloatArray> values = new HashMap<>();
        for (WeightSpec spec : model.weights()) {
            values.put(spec.name(), pass.weights().get(spec.name()));
        }
        for (Learned one : pass.learned()) {
            values.put(one.spec().name(), Weights.array(part.apply(one).toHeapArray()));
        }
        return Weights.of(model.weights(), values);
    }

    /**
     * Writes everything that goes on from step to step to a file, whole or not at all.
     *
     * @throws org.tornadovit.io.InputException when the file cannot be written
     */
    public void save(Path file) {
        fetch();
        TrainingFile.write(file, model, recipe, batch, pass, batches);
    }

    /**
     * Goes on where {@link #save} was called: given the same batches, with the same numbers as a
     * run without a break.
     *
     * @throws org.tornadovit.io.InputException when the file is of another recipe or batch size
     * @throws org.tornadovit.io.CheckpointException when it cannot be read or is of another model
     */
    public static Trainer resume(
            Path file,
            Model model,
            TrainingRecipe recipe,
            int batch,
            Optional<TornadoDevice> device) {
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            Weights weights = TrainingFile.weights(checkpoint, model);
            Trainer trainer = new Trainer(model, weights, recipe, batch, device);
            trainer.batches = TrainingFile.read(checkpoint, recipe, batch, trainer.pass);
            return trainer;
        }
    }

    /** Brings what lasts from step to step to the host. */
    private void fetch() {
        forward.ifPresent(result ->
                result.transferToHost(pass.learned().stream().map(Learned::weight).toArray()));
        backward.ifPresent(result ->
                result.transferToHost(
                        pass.learned().stream()
                                .map(Learned::sum)
                                .filter(sum -> recipe.accumulation() > 1)
                                .toArray()));
        update.ifPresent(result ->
                result.transferToHost(
                        pass.learned().stream()
                                .flatMap(one ->
                                        Stream.concat(
                                                one.states().stream(), one.average().stream()))
                                .toArray()));
    }

    @Override
    public void close() {
        try {
            plan.close();
        } catch (TornadoExecutionPlanException e) {
            throw new IllegalStateException("The plan of a training could not be closed.", e);
        }
    }
}
