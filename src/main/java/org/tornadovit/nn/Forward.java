package org.tornadovit.nn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tornadovit.io.SparseMemory;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * A forward pass being written down: its sections and the arrays between them.
 *
 * <p>Scratch arrays are shared by everything that asks for the same role, so that a model holds one
 * set for all its blocks. Arrays that a section uses and that were not made here are weights.
 */
public final class Forward {

    /** What of the work in between can be looked at afterwards. */
    public enum Capture {
        /** Nothing; intermediates share memory. */
        NOTHING,
        /** Every named intermediate has its own array and is copied back after each run. */
        INTERMEDIATES,
        /**
         * Every array keeps its content until the end of the run, and each task can be gone back
         * through: training.
         */
        GRADIENTS
    }

    /**
     * A named array between two tasks.
     *
     * @param name what it is, such as {@code block3_norm1}
     * @param shape extents, outermost first, the batch in front
     * @param values its elements, row-major; filled by a run
     */
    public record Intermediate(String name, List<Integer> shape, FloatArray values) {
        /** Copies the shape. */
        public Intermediate {
            shape = List.copyOf(shape);
        }
    }

    private final int batch;
    private final Weights weights;
    private final Capture capture;
    private final FloatArray input;
    private final List<Section> sections = new ArrayList<>();
    private final Map<String, FloatArray> scratch = new HashMap<>();
    private final Map<String, Intermediate> intermediates = new LinkedHashMap<>();
    private final Map<String, FloatArray> results = new LinkedHashMap<>();
    private final List<FloatArray> made = new ArrayList<>();
    private final Noise noise;
    private final IntArray turn = new IntArray(1);
    private int places;

    /** An empty pass that leaves nothing out. See the other constructor. */
    public Forward(int batch, int imageElements, Weights weights, Capture capture) {
        this(batch, imageElements, weights, capture, Noise.NONE);
    }

    /**
     * An empty pass.
     *
     * @param batch images a run
     * @param imageElements values of one image
     * @param weights what the layers take their weights from
     * @param noise what is left out, in training only
     */
    public Forward(int batch, int imageElements, Weights weights, Capture capture, Noise noise) {
        if (noise.isPresent() && capture != Capture.GRADIENTS) {
            throw new IllegalArgumentException("Only training leaves anything out at random.");
        }
        if (batch < 1) {
            throw new IllegalArgumentException("A batch of %d images is empty.".formatted(batch));
        }
        this.batch = batch;
        this.weights = weights;
        this.capture = capture;
        this.noise = noise;
        this.input = allocate("input", imageElements);
    }

    /** {@return images a run} */
    public int batch() {
        return batch;
    }

    /** {@return where the layers take their weights from} */
    public Weights weights() {
        return weights;
    }

    /** {@return whether gradients will go back through this pass, and weights will change} */
    public boolean isTraining() {
        return capture == Capture.GRADIENTS;
    }

    /** {@return what is left out at random} */
    public Noise noise() {
        return noise;
    }

    /**
     * {@return the number of the batch, int32 [1], by which it is chosen what is left out; below 0
     * for nothing. Filled by the caller.}
     */
    public IntArray turn() {
        return turn;
    }

    /** {@return the next place where a share is left out} */
    Dropout.Place place(float share) {
        return Dropout.Place.of(noise.seed(), places++, share);
    }

    /** {@return every array that was made for this pass, the input and the results included} */
    public List<FloatArray> arrays() {
        return List.copyOf(made);
    }

    /** {@return the images, float32 [batch, channels, height, width]} */
    public FloatArray input() {
        return input;
    }

    /** {@return a new section at the end} */
    public Section section(String name, Section.Part part) {
        Section section = new Section(name, part);
        sections.add(section);
        return section;
    }

    /**
     * {@return an array of at least {@code batch} times {@code extents} elements, whose content
     * lasts until the next use of {@code role}, or longer}
     */
    public FloatArray scratch(String role, int... extents) {
        if (capture == Capture.GRADIENTS) {
            return allocate(role, extents);
        }
        FloatArray existing = scratch.get(role);
        if (existing != null && existing.getSize() >= elements(role, extents)) {
            return existing;
        }
        FloatArray array = allocate(role, extents);
        scratch.put(role, array);
        return array;
    }

    /**
     * {@return the array of the named intermediate of shape [batch, extents…]}
     *
     * <p>It is scratch of {@code role} unless intermediates are captured.
     */
    public FloatArray intermediate(String name, String role, int... extents) {
        if (capture != Capture.INTERMEDIATES) {
            return scratch(role, extents);
        }
        FloatArray array = allocate(name, extents);
        List<Integer> shape = new ArrayList<>(List.of(batch));
        for (int extent : extents) {
            shape.add(extent);
        }
        if (intermediates.put(name, new Intermediate(name, shape, array)) != null) {
            throw new IllegalStateException("Two intermediates are called %s.".formatted(name));
        }
        return array;
    }

    /** {@return a new array of {@code size} elements that nothing else uses} */
    public FloatArray own(int size) {
        FloatArray array = SparseMemory.floats(size);
        made.add(array);
        return array;
    }

    /** {@return a new array of [batch, extents…] that is copied back after each run} */
    public FloatArray result(String name, int... extents) {
        FloatArray array = allocate(name, extents);
        results.put(name, array);
        return array;
    }

    /** {@return the sections in order} */
    public List<Section> sections() {
        return List.copyOf(sections);
    }

    /** {@return the captured intermediates by name, in the order of the pass} */
    public Map<String, Intermediate> intermediates() {
        return new LinkedHashMap<>(intermediates);
    }

    /** {@return one task graph a section, in order, with all transfers between them} */
    public List<ImmutableTaskGraph> graphs() {
        List<FloatArray> hostBound = new ArrayList<>(results.values());
        intermediates.values().forEach(intermediate -> hostBound.add(intermediate.values()));
        return new Transfers(sections, input, made, hostBound).graphs();
    }

    private FloatArray allocate(String name, int... extents) {
        return own(elements(name, extents));
    }

    private int elements(String name, int... extents) {
        long size = batch;
        for (int extent : extents) {
            size *= extent;
        }
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    ("A batch of %d needs %d elements for %s, more than an array holds;"
                                    + " use a smaller one.")
                            .formatted(batch, size, name));
        }
        return (int) size;
    }
}
