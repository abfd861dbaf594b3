package org.tornadovit.fuzz;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tornadovit.frontend.Differential;
import org.tornadovit.frontend.KernelMethod;
import org.tornadovit.frontend.Recompiled;
import org.tornadovit.frontend.UnsupportedKernelException;
import org.tornadovit.runtime.Launch;
import org.tornadovit.runtime.Memory;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.BFloat16Array;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.CharArray;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FP8Array;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;
import uk.ac.manchester.tornado.api.types.collections.VectorDouble2;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat4;
import uk.ac.manchester.tornado.api.types.collections.VectorHalf2;
import uk.ac.manchester.tornado.api.types.collections.VectorInt3;
import uk.ac.manchester.tornado.api.types.vectors.Half2;

/** Runs one method of a source text as Java, on the interpreter and on devices, and compares. */
final class Trial {
    private static final int SIZE = RandomKernels.SIZE;

    private final List<TornadoDevice> devices;

    Trial(List<TornadoDevice> devices) {
        this.devices = devices;
    }

    /** {@return the classes of a source text} */
    static Class<?> compile(String type, String source) {
        int body = source.indexOf("class " + type + " {") + ("class " + type + " {").length();
        String lookup =
                " static java.lang.invoke.MethodHandles.Lookup lookup()"
                        + " { return java.lang.invoke.MethodHandles.lookup(); }";
        String whole = source.substring(0, body) + lookup + source.substring(body);
        return Recompiled.of(type, whole, "-g");
    }

    /**
     * {@return what differs, if something does}
     *
     * @throws UnsupportedKernelException when the front end refuses the method
     */
    Optional<String> run(Method method, long seed) {
        Object[] expected = arguments(method, seed);
        boolean items = method.getParameterTypes()[0] == KernelContext.class;
        GridShape shape = GridShape.of(method.getDeclaringClass());
        try {
            if (items) {
                Differential.checkItems(
                        KernelMethod.of(method),
                        () -> ThreadedItems.run(method, expected, shape),
                        shape.global(),
                        shape.group(),
                        expected);
            } else {
                Differential.check(KernelMethod.of(method), expected);
            }
        } catch (AssertionError e) {
            return Optional.of("interpreter: " + first(e));
        } catch (UnsupportedKernelException e) {
            throw e;
        } catch (RuntimeException e) {
            return Optional.of("front end: " + trace(e));
        }
        for (TornadoDevice device : devices) {
            String name = place(device);
            Object[] found = arguments(method, seed);
            try {
                var grid = items ? Optional.of(shape.grid()) : Optional.<WorkerGrid>empty();
                Launch.grid(device, method, grid, found);
            } catch (RuntimeException | LinkageError e) {
                return Optional.of(name + ": " + trace(e));
            }
            List<List<Object>> want = Memory.of(expected);
            List<List<Object>> got = Memory.of(found);
            for (int i = 0; i < want.size(); i++) {
                for (int j = 0; j < want.get(i).size(); j++) {
                    if (!want.get(i).get(j).equals(got.get(i).get(j))) {
                        return Optional.of(
                                "%s: array %d, element %d: Java %s, device %s"
                                        .formatted(
                                                name, i, j, want.get(i).get(j), got.get(i).get(j)));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** {@return the text before the colon of a failure on {@code device}} */
    private static String place(TornadoDevice device) {
        return device.getTornadoVMBackend() + " " + device.getDeviceName().replace(':', ' ');
    }

    /** {@return a trial on the only device that a failure names, on none for the interpreter} */
    Trial where(String failure) {
        return new Trial(devices.stream().filter(d -> failure.startsWith(place(d) + ":")).toList());
    }

    private static String trace(Throwable e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause
                + Stream.of(cause.getStackTrace())
                        .limit(4)
                        .map(frame -> " at " + frame)
                        .collect(Collectors.joining());
    }

    private static String first(Throwable e) {
        return String.valueOf(e.getMessage()).lines().limit(3).toList().toString();
    }

    private static Object[] arguments(Method method, long seed) {
        Random random = new Random(seed);
        Class<?>[] types = method.getParameterTypes();
        Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            arguments[i] = argument(types[i], random);
        }
        return arguments;
    }

    private static Object argument(Class<?> type, Random random) {
        if (type == int.class) {
            return 4 + random.nextInt(40);
        }
        if (type == int[].class) {
            return random.ints(SIZE, -5, 40).toArray();
        }
        if (type == float[].class) {
            return floats(SIZE, random).toHeapArray();
        }
        if (type == IntArray.class) {
            return IntArray.fromArray(random.ints(SIZE, -99, 99).toArray());
        }
        if (type == LongArray.class) {
            return LongArray.fromArray(random.longs(SIZE).toArray());
        }
        if (type == FloatArray.class) {
            return floats(SIZE, random);
        }
        if (type == DoubleArray.class) {
            return DoubleArray.fromArray(random.doubles(SIZE, -1e3, 1e10).toArray());
        }
        if (type == KernelContext.class) {
            return new KernelContext();
        }
        if (type == VectorInt3.class) {
            return new VectorInt3(IntArray.fromArray(random.ints(3 * SIZE, -99, 99).toArray()));
        }
        if (type == VectorFloat4.class) {
            return new VectorFloat4(floats(4 * SIZE, random));
        }
        if (type == float[][].class) {
            float[][] rows = new float[5][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = floats(i < 4 ? SIZE / 4 : SIZE, random).toHeapArray();
            }
            return rows;
        }
        if (type == VectorDouble2.class) {
            return new VectorDouble2(
                    DoubleArray.fromArray(random.doubles(2 * SIZE, -9, 9).toArray()));
        }
        if (type == VectorHalf2.class) {
            VectorHalf2 pairs = new VectorHalf2(SIZE);
            for (int i = 0; i < SIZE; i++) {
                pairs.set(i, Half2.fromFloats(random.nextFloat(-9, 9), random.nextFloat(-9, 9)));
            }
            return pairs;
        }
        return small(type, random, SIZE);
    }

    private static Object small(Class<?> type, Random random, int size) {
        Object array;
        try {
            array = type.getConstructor(int.class).newInstance(size);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        for (int i = 0; i < size; i++) {
            int bits = random.nextInt();
            float x = random.nextFloat(-9, 9);
            switch (array) {
                case ByteArray a -> a.set(i, (byte) bits);
                case Int8Array a -> a.set(i, (byte) bits);
                case FP8Array a -> a.set(i, (byte) (bits & 0xf7)); // finite in both formats
                case ShortArray a -> a.set(i, (short) bits);
                case CharArray a -> a.set(i, (char) bits);
                case HalfFloatArray a -> a.set(i, new HalfFloat(x));
                case BFloat16Array a -> a.setFloat(i, x);
                default -> throw new IllegalArgumentException(type + " is no array");
            }
        }
        return array;
    }

    private static FloatArray floats(int size, Random random) {
        FloatArray array = new FloatArray(size);
        for (int i = 0; i < size; i++) {
            float x = random.nextFloat(-10, 10);
            array.set(i, random.nextInt(20) > 0 ? x : x > 0 ? Float.NaN : -0f);
        }
        return array;
    }
}
