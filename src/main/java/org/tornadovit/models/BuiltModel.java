package org.tornadovit.models;

import java.util.List;
import java.util.Map;
import org.tornadovit.nn.Forward;
import org.tornadovit.nn.Section;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A model written down for one batch size: task graphs to be run in order by a {@code
 * TornadoExecutionPlan}, and the arrays to fill before and to read after.
 *
 * <p>Not for use by several threads at once: a run reads {@link #input} and writes {@link #logits}
 * and {@link #features}.
 */
public final class BuiltModel {
    private final Model model;
    private final Forward forward;
    private final FloatArray features;
    private final FloatArray logits;

    /** Wraps a finished pass; {@code logits} is {@code features} when there is no classifier. */
    BuiltModel(Model model, Forward forward, FloatArray features, FloatArray logits) {
        this.model = model;
        this.forward = forward;
        this.features = features;
        this.logits = logits;
    }

    /** {@return the configuration this was built from} */
    public Model model() {
        return model;
    }

    /** {@return the pass as it was written down} */
    public Forward forward() {
        return forward;
    }

    /** {@return images a run} */
    public int batch() {
        return forward.batch();
    }

    /**
     * {@return the images, float32 [batch, channels, imageSize, imageSize]; filled by the caller}
     */
    public FloatArray input() {
        return forward.input();
    }

    /** {@return float32 [batch, classes], or {@link #features} when there is no classifier} */
    public FloatArray logits() {
        return logits;
    }

    /** {@return what the classifier reads, float32 [batch, featureSize]} */
    public FloatArray features() {
        return features;
    }

    /** {@return new task graphs, one a section, to be given to one execution plan in this order} */
    public ImmutableTaskGraph[] graphs() {
        return forward.graphs().toArray(ImmutableTaskGraph[]::new);
    }

    /** {@return all tasks in order, each with its section, part and multiply-accumulates} */
    public List<Section.Task> tasks() {
        return forward.sections().stream().flatMap(section -> section.tasks().stream()).toList();
    }

    /**
     * {@return multiply-accumulates of one image, counted over the tasks}
     *
     * <p>It must equal {@link Model#macs}, which is computed from the configuration alone.
     */
    public Macs countedMacs() {
        return new Macs(
                count(Section.Part.STEM), count(Section.Part.ENCODER), count(Section.Part.HEAD));
    }

    /** {@return what was captured, by name, in the order of the pass} */
    public Map<String, Forward.Intermediate> intermediates() {
        return forward.intermediates();
    }

    /**
     * Runs every kernel's Java body in order on this thread: slow, and the reference of all else.
     */
    public void runInJava() {
        tasks().forEach(task -> task.body().run());
    }

    private long count(Section.Part part) {
        return tasks().stream()
                        .filter(task -> task.part() == part)
                        .mapToLong(Section.Task::macs)
                        .sum()
                / batch();
    }
}
