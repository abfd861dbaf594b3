package org.tornadovit.models;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tornadovit.io.Checkpoint;
import org.tornadovit.io.CheckpointException;
import org.tornadovit.io.DType;
import org.tornadovit.io.Tensor;
import org.tornadovit.models.Naming.Key;
import org.tornadovit.models.Naming.Source;
import org.tornadovit.nn.WeightSpec;
import org.tornadovit.nn.Weights;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * Reads one weight.
 *
 * @param checkpoint where from
 * @param spec what it is to be
 * @param source its arrays there
 */
record WeightReader(Checkpoint checkpoint, WeightSpec spec, Source source) {

    /** Elements from which on an array is worth a mapping of its own pages. */
    private static final int LARGE = 1 << 16;

    /** {@return the weight in canonical layout} */
    FloatArray read() {
        List<Key> keys = source.keys();
        return switch (source.layout()) {
            case SAME, FLAT -> joined(keys);
            case TRANSPOSED -> transposed(keys);
            case HWIO -> channelsFirst(keys.getFirst());
        };
    }

    /** {@return the table of positions in the size of {@code grid}} */
    FloatArray positions(PositionGrid grid, PositionResize resize) {
        Key key = source.keys().getFirst();
        long[] shape = checkpoint.shape(key.name());
        long tokens = shape.length < 2 ? 0 : shape[shape.length - 2];
        int side = (int) Math.round(Math.sqrt((double) Math.max(tokens - grid.leading(), 0)));
        long dim = shape.length == 0 ? 0 : shape[shape.length - 1];
        if (dim != grid.dim()
                || product(shape) != tokens * dim
                || side < 1
                || (long) side * side != tokens - grid.leading()) {
            throw new CheckpointException(
                    ("%s: %s has shape %s, expected [1, %d + n · n, %d] for %d leading tokens and a"
                                    + " square grid.")
                            .formatted(
                                    checkpoint.file(),
                                    key.name(),
                                    Arrays.toString(shape),
                                    grid.leading(),
                                    grid.dim(),
                                    grid.leading()));
        }
        if (side == grid.rows() && side == grid.columns()) {
            return joined(source.keys());
        }
        return Weights.array(resize.resize(floats(key), side, grid));
    }

    /** Arrays whose elements lie as they should, one after the other. */
    private FloatArray joined(List<Key> keys) {
        long[] expected = canonical(keys.size());
        Optional<FloatArray> inFile = inFile(keys, expected);
        if (inFile.isPresent()) {
            return inFile.get();
        }
        FloatArray array = new FloatArray(spec.size());
        long offset = 0;
        for (Key key : keys) {
            long[] found = shape(key);
            require(fits(found, expected), key, expected);
            if (key.slice() == Key.WHOLE) {
                Tensor tensor = tensor(key);
                tensor.copyTo(array.getSegment(), 4 * offset);
                tensor.rest();
            } else {
                float[] values = floats(key);
                for (int i = 0; i < values.length; i++) {
                    array.set(Math.toIntExact(offset + i), values[i]);
                }
            }
            offset += product(found);
        }
        return array;
    }

    private boolean fits(long[] found, long[] expected) {
        return source.layout() == Layout.FLAT
                ? product(found) == product(expected)
                : Arrays.equals(squeezed(found), squeezed(expected));
    }

    /** A large float32 array that lies in the file as it should is used where it lies. */
    private Optional<FloatArray> inFile(List<Key> keys, long[] expected) {
        Key key = keys.getFirst();
        if (keys.size() > 1
                || key.slice() != Key.WHOLE
                || spec.size() < LARGE
                || checkpoint.dtype(key.name()) != DType.F32
                || ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            return Optional.empty();
        }
        require(fits(shape(key), expected), key, expected);
        Tensor tensor = tensor(key);
        tensor.rest();
        return checkpoint
                .inFile(key.name(), TornadoNativeArray.ARRAY_HEADER)
                .map(FloatArray::fromSegmentShallow);
    }

    /** Arrays [in…, out…] to [out, in]. */
    private FloatArray transposed(List<Key> keys) {
        int in = spec.shape().get(1);
        int out = spec.shape().getFirst() / keys.size();
        float[] values = new float[spec.size()];
        for (int part = 0; part < keys.size(); part++) {
            Key key = keys.get(part);
            long[] found = shape(key);
            require(
                    product(found) == (long) in * out && splits(found, in),
                    key,
                    new long[] {in, out});
            float[] kernel = floats(key);
            for (int o = 0; o < out; o++) {
                for (int i = 0; i < in; i++) {
                    values[(part * out + o) * in + i] = kernel[i * out + o];
                }
            }
        }
        return Weights.array(values);
    }

    /** [height, width, in, out] to [out, in, height, width]. */
    private FloatArray channelsFirst(Key key) {
        int out = spec.shape().get(0);
        int in = spec.shape().get(1);
        int height = spec.shape().get(2);
        int width = spec.shape().get(3);
        long[] expected = {height, width, in, out};
        require(Arrays.equals(shape(key), expected), key, expected);
        float[] kernel = floats(key);
        float[] values = new float[spec.size()];
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                for (int p = 0; p < height * width; p++) {
                    values[(o * in + i) * height * width + p] = kernel[(p * in + i) * out + o];
                }
            }
        }
        return Weights.array(values);
    }

    /** {@return the canonical shape of one of {@code parts} equal parts} */
    private long[] canonical(int parts) {
        long[] shape = spec.shape().stream().mapToLong(Integer::longValue).toArray();
        shape[0] /= parts;
        return shape;
    }

    private Tensor tensor(Key key) {
        return checkpoint.tensor(key.name()).requireFinite();
    }

    private float[] floats(Key key) {
        float[] values = tensor(key).toFloats();
        if (key.slice() == Key.WHOLE) {
            return values;
        }
        int size = Math.toIntExact(product(shape(key)));
        return Arrays.copyOfRange(values, key.slice() * size, (key.slice() + 1) * size);
    }

    private long[] shape(Key key) {
        long[] shape = checkpoint.shape(key.name());
        if (key.slice() == Key.WHOLE) {
            return shape;
        }
        if (shape.length == 0 || shape[0] <= key.slice()) {
            throw new CheckpointException(
                    "%s: %s has shape %s, too few slices for %s."
                            .formatted(
                                    checkpoint.file(),
                                    key.name(),
                                    Arrays.toString(shape),
                                    spec.name()));
        }
        return Arrays.copyOfRange(shape, 1, shape.length);
    }

    private void require(boolean fits, Key key, long[] expected) {
        if (!fits) {
            throw new CheckpointException(
                    "%s: %s has shape %s, expected %s for %s."
                            .formatted(
                                    checkpoint.file(),
                                    key.name(),
                                    Arrays.toString(shape(key)),
                                    Arrays.toString(expected),
                                    spec.name()));
        }
    }

    /** Whether some leading axes hold exactly {@code in} elements. */
    private static boolean splits(long[] shape, long in) {
        long product = 1;
        for (long extent : shape) {
            if (product == in) {
                return true;
            }
            product *= extent;
        }
        return product == in;
    }

    private static long[] squeezed(long[] shape) {
        return Arrays.stream(shape).filter(extent -> extent != 1).toArray();
    }

    private static long product(long[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
}
