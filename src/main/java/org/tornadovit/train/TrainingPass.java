package org.tornadovit.train;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tornadovit.models.BuiltModel;
import org.tornadovit.models.Model;
import org.tornadovit.nn.Forward.Capture;
import org.tornadovit.nn.Gradients;
import org.tornadovit.nn.Section;
import org.tornadovit.nn.Section.Part;
import org.tornadovit.nn.WeightSpec;
import org.tornadovit.nn.Weights;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The tasks of a step of training, written down for a model and a recipe. */
final class TrainingPass {
    /** Elements of a weight that one work item squares. */
    private static final int CHUNK = 1024;

    private final TrainingRecipe recipe;
    private final BuiltModel built;
    private final Weights weights;
    private final Gradients gradients;
    private final List<Learned> learned = new ArrayList<>();
    private final List<FloatArray> own = new ArrayList<>();
    private final FloatArray targets;
    private final FloatArray losses;
    private final FloatArray length = new FloatArray(3);
    private final FloatArray control = new FloatArray(Updates.CONTROLS);
    private final List<Section> forward;
    private final List<Section> backward;
    private final Section update = new Section("optimizer", Part.HEAD);

    /**
     * Writes everything down.
     *
     * @param start weights to start from, which are copied
     */
    TrainingPass(Model model, Weights start, TrainingRecipe recipe, int batch) {
        if (model.classes() < 1) {
            throw new IllegalArgumentException(
                    "%s has no classifier to be trained; give it classes.".formatted(model.name()));
        }
        this.recipe = recipe;
        this.weights = copy(model, start, recipe);
        this.built = model.build(batch, weights, Capture.GRADIENTS, recipe.noise());
        this.targets = new FloatArray(batch * model.classes());
        this.losses = own(batch);
        own.add(length);
        List<WeightSpec> specs = model.weights().stream().filter(recipe::learns).toList();
        if (specs.isEmpty()) {
            throw new IllegalArgumentException(
                    "Nothing of %s is left to learn: %s are frozen."
                            .formatted(model.name(), recipe.frozen()));
        }
        this.gradients =
                new Gradients(
                        built.forward(),
                        specs.stream().map(spec -> weights.get(spec.name())).toList());
        this.forward = new ArrayList<>(built.forward().sections());
        forward.add(loss(batch, model.classes()));
        this.backward = new ArrayList<>(gradients.write());
        specs.forEach(this::learn);
        backward.add(measure());
        learned.forEach(this::update);
    }

    /** What is learned gets arrays of its own; the rest is shared with the caller. */
    private static Weights copy(Model model, Weights start, TrainingRecipe recipe) {
        Map<String, FloatArray> values = new HashMap<>();
        for (WeightSpec spec : model.weights()) {
            FloatArray from = start.get(spec.name());
            values.put(spec.name(), recipe.learns(spec) ? Weights.array(from.toHeapArray()) : from);
        }
        return Weights.of(model.weights(), values);
    }

    private Section loss(int batch, int classes) {
        FloatArray gradient = gradients.into(built.logits()).array();
        return new Section("loss", Part.HEAD)
                .task(
                        "cross_entropy",
                        CrossEntropy::loss,
                        built.logits(),
                        targets,
                        losses,
                        gradient,
                        batch,
                        classes,
                        recipe.smoothing(),
                        1.0f / (batch * recipe.accumulation()));
    }

    private void learn(WeightSpec spec) {
        FloatArray weight = weights.get(spec.name());
        FloatArray gradient = gradients.of(weight);
        List<FloatArray> states = new ArrayList<>();
        for (int i = 0; i < recipe.optimizer().states(); i++) {
            states.add(new FloatArray(spec.size()));
        }
        learned.add(
                new Learned(
                        spec,
                        weight,
                        gradient,
                        recipe.accumulation() > 1 ? new FloatArray(spec.size()) : gradient,
                        states,
                        recipe.average() > 0
                                ? List.of(Weights.array(weight.toHeapArray()))
                                : List.of()));
    }

    /** Sums gradients over batches and takes the length of all. */
    private Section measure() {
        Section section = new Section("length", Part.HEAD);
        int adds = 0;
        for (Learned one : learned) {
            String id = id(one);
            int size = one.size();
            if (one.sum() != one.gradient()) {
                section.task(
                        id + "_sum", Updates::accumulate, one.gradient(), one.sum(), control, size);
            }
            int chunks = Math.ceilDiv(size, CHUNK);
            FloatArray partial = own(chunks);
            section.task(
                    id + "_squares", Updates::squares, one.sum(), partial, chunks, CHUNK, size);
            section.task(id + "_collect", Updates::collect, partial, length, chunks, adds);
            adds = 1;
        }
        return section.task("clip", Updates::clip, length, recipe.clip(), 1);
    }

    private void update(Learned one) {
        float decay = recipe.decayed().holds(one.spec()) ? recipe.optimizer().weightDecay() : 0;
        int size = one.size();
        switch (recipe.optimizer()) {
            case Optimizer.Sgd sgd ->
                    update.task(
                            id(one),
                            Updates::sgd,
                            one.weight(),
                            one.sum(),
                            one.states().getFirst(),
                            length,
                            control,
                            size,
                            sgd.momentum(),
                            decay);
            case Optimizer.AdamW adam ->
                    update.task(
                            id(one),
                            Updates::adamW,
                            one.weight(),
                            one.sum(),
                            one.states().getFirst(),
                            one.states().getLast(),
                            length,
                            control,
                            size,
                            adam.beta1(),
                            adam.beta2(),
                            adam.epsilon(),
                            decay);
        }
        for (FloatArray average : one.average()) {
            update.task(
                    id(one) + "_average", Updates::average, one.weight(), average, control, size);
        }
    }

    private static String id(Learned one) {
        return one.spec().name().replace('.', '_');
    }

    private FloatArray own(int size) {
        FloatArray array = new FloatArray(size);
        own.add(array);
        return array;
    }

    /** {@return the graphs: forward, backward, update} */
    ImmutableTaskGraph[] graphs() {
        List<FloatArray> made = new ArrayList<>(built.forward().arrays());
        made.addAll(gradients.arrays());
        made.addAll(own);
        StepGraphs graphs =
                new StepGraphs()
                        .everyTime(List.of(built.input(), targets, control, turn()))
                        .once(lasting())
                        .made(made)
                        .returned(List.of(losses, built.logits(), length));
        return new ImmutableTaskGraph[] {
            graphs.graph("forward", forward),
            graphs.graph("backward", backward),
            graphs.graph("update", List.of(update))
        };
    }

    /** {@return what goes on from step to step} */
    List<FloatArray> lasting() {
        List<FloatArray> lasting = new ArrayList<>();
        for (Learned one : learned) {
            lasting.add(one.weight());
            lasting.addAll(one.kept().values());
        }
        return lasting;
    }

    /** Runs a step in Java on this thread, kernel by kernel: the reference of all devices. */
    void runInJava() {
        List<Section> all = new ArrayList<>(forward);
        all.addAll(backward);
        all.add(update);
        all.forEach(section -> section.tasks().forEach(task -> task.body().run()));
    }

    BuiltModel built() {
        return built;
    }

    Weights weights() {
        return weights;
    }

    List<Learned> learned() {
        return learned;
    }

    FloatArray targets() {
        return targets;
    }

    FloatArray losses() {
        return losses;
    }

    FloatArray length() {
        return length;
    }

    FloatArray control() {
        return control;
    }

    /** {@return the number of the batch; below 0 when nothing is learned from it} */
    IntArray turn() {
        return built.forward().turn();
    }

    /** {@return the sections of the forward pass, the loss last} */
    List<Section> forward() {
        return forward;
    }

    /** {@return all arrays that a forward pass fills} */
    Collection<FloatArray> forwardArrays() {
        return built.forward().arrays();
    }
}
