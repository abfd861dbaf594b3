package org.tornadovit.nn;

import java.lang.foreign.MemorySegment;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The weights of a model by canonical name, float32 and row-major. Immutable; safe for use by
 * several threads, and to be shared by all that is built from it.
 */
public final class Weights {
    private final Map<String, WeightSpec> specs;
    private final Map<String, FloatArray> values;
    private final Map<String, FloatArray> derived = new ConcurrentHashMap<>();

    private Weights(Map<String, WeightSpec> specs, Map<String, FloatArray> values) {
        this.specs = specs;
        this.values = values;
    }

    /**
     * Weights of the given values.
     *
     * @throws IllegalArgumentException when one is missing or of another size than its spec
     */
    public static Weights of(Collection<WeightSpec> specs, Map<String, FloatArray> values) {
        Map<String, WeightSpec> byName = new LinkedHashMap<>();
        for (WeightSpec spec : specs) {
            FloatArray found = values.get(spec.name());
            if (found == null || found.getSize() != spec.size()) {
                throw new IllegalArgumentException(
                        "Weight %s needs %d values for shape %s, got %s."
                                .formatted(
                                        spec.name(),
                                        spec.size(),
                                        spec.shape(),
                                        found == null ? "none" : found.getSize()));
            }
            byName.put(spec.name(), spec);
        }
        return new Weights(byName, new HashMap<>(values));
    }

    /**
     * Random weights. The same seed gives the same values for a name and shape, whatever else there
     * is and on every machine.
     */
    public static Weights random(Collection<WeightSpec> specs, long seed) {
        Map<String, FloatArray> values = new ConcurrentHashMap<>();
        specs.parallelStream().forEach(spec -> values.put(spec.name(), sample(spec, seed)));
        return of(specs, values);
    }

    /** {@return the declared weights in order} */
    public List<WeightSpec> specs() {
        return List.copyOf(specs.values());
    }

    /**
     * {@return weight {@code name}; it may lie in a file and is not to be written}
     *
     * @throws IllegalArgumentException when there is none
     */
    public FloatArray get(String name) {
        FloatArray found = values.get(name);
        if (found == null) {
            throw absent(name);
        }
        return found;
    }

    /**
     * {@return how weight {@code name} was declared}
     *
     * @throws IllegalArgumentException when there is none
     */
    public WeightSpec spec(String name) {
        WeightSpec found = specs.get(name);
        if (found == null) {
            throw absent(name);
        }
        return found;
    }

    private static IllegalArgumentException absent(String name) {
        return new IllegalArgumentException(
                "There is no weight %s; was it declared for another configuration?"
                        .formatted(name));
    }

    /**
     * {@return what {@code compute} makes of the weights, computed once for {@code key}}
     *
     * <p>For forms that are constant at inference, such as standardised kernels.
     */
    public FloatArray derived(String key, Supplier<FloatArray> compute) {
        FloatArray found = derived.get(key);
        return found != null ? found : derived.computeIfAbsent(key, _ -> compute.get());
    }

    /** {@return the bytes that the weights take, derived forms included} */
    public long bytes() {
        long elements = 0;
        for (FloatArray array : values.values()) {
            elements += array.getSize();
        }
        for (FloatArray array : derived.values()) {
            elements += array.getSize();
        }
        return elements * Float.BYTES;
    }

    /** {@return a new array of {@code values}} */
    public static FloatArray array(float[] values) {
        FloatArray array = new FloatArray(values.length);
        MemorySegment.copy(
                MemorySegment.ofArray(values), 0, array.getSegment(), 0, 4L * values.length);
        return array;
    }

    private static FloatArray sample(WeightSpec spec, long seed) {
        SplitMix random = new SplitMix(seed * 0x9E3779B97F4A7C15L + spec.name().hashCode());
        Initialization.Fans fans = Initialization.Fans.of(spec.shape());
        FloatArray values = new FloatArray(spec.size());
        for (int i = 0; i < values.getSize(); i++) {
            values.set(i, spec.initialization().sample(random, fans));
        }
        return values;
    }

    /** SplitMix64 (Steele, Lea and Flood 2014), written out so that no JDK changes the stream. */
    private static final class SplitMix implements RandomGenerator {
        private long state;

        SplitMix(long seed) {
            state = seed;
        }

        @Override
        public long nextLong() {
            state += 0x9E3779B97F4A7C15L;
            long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
            return z ^ (z >>> 31);
        }
    }
}
