package org.tornadovit.programs;

import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
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
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** Arguments of {@link SurfaceKernels}: the same at each call. */
final class SurfaceArguments {
    private static final int SIZE = 64;
    private static final Predicate<Class<?>> NATIVE = TornadoNativeArray.class::isAssignableFrom;

    private final Random random = new Random(7);

    private SurfaceArguments() {}

    /** {@return arguments for a kernel of these calls} */
    static Object[] of(List<SurfaceKernels.Call> calls) {
        return new SurfaceArguments().all(calls);
    }

    private Object[] all(List<SurfaceKernels.Call> calls) {
        int results = SurfaceKernels.results(calls);
        List<Object> all = new ArrayList<>();
        for (Class<?> type :
                List.of(
                        IntArray.class,
                        LongArray.class,
                        FloatArray.class,
                        DoubleArray.class,
                        ByteArray.class,
                        ShortArray.class,
                        CharArray.class,
                        HalfFloatArray.class)) {
            all.add(array(type, SurfaceKernels.ITEMS));
        }
        all.add(new IntArray(results));
        all.add(new LongArray(results));
        all.add(new FloatArray(results));
        all.add(new DoubleArray(results));
        SurfaceKernels.containers(calls).forEach(type -> all.add(container(type)));
        return all.toArray();
    }

    private Object container(Class<?> type) {
        if (TornadoNativeArray.class.isAssignableFrom(type)) {
            return array(type, SIZE);
        }
        List<Constructor<?>> constructors =
                Stream.of(type.getConstructors())
                        .filter(c ->
                                Arrays.stream(c.getParameterTypes())
                                        .allMatch(t -> t == int.class || NATIVE.test(t)))
                        .toList();
        Constructor<?> constructor =
                constructors.stream()
                        .filter(c -> Arrays.stream(c.getParameterTypes()).anyMatch(NATIVE))
                        .findFirst()
                        .orElseGet(constructors::getFirst);
        Object[] arguments =
                Arrays.stream(constructor.getParameterTypes())
                        .map(t -> t == int.class ? (Object) size(constructor) : array(t, 4 * SIZE))
                        .toArray();
        try {
            Object container = constructor.newInstance(arguments);
            if (constructor.getParameterCount() == 1 && arguments[0] instanceof Integer) {
                fill(type.getMethod("getArray").invoke(container));
            }
            return container;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int size(Constructor<?> constructor) {
        return constructor.getParameterCount() == 1 ? SIZE : 4;
    }

    private Object array(Class<?> type, int size) {
        try {
            Object array = type.getConstructor(int.class).newInstance(size);
            fill(array);
            return array;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void fill(Object array) {
        int size = ((TornadoNativeArray) array).getSize();
        for (int i = 0; i < size; i++) {
            float x = random.nextInt(-40, 40) / 8f;
            switch (array) {
                case IntArray a -> a.set(i, random.nextInt(-9, 40));
                case LongArray a -> a.set(i, random.nextLong() >> random.nextInt(64));
                case FloatArray a -> a.set(i, x);
                case DoubleArray a -> a.set(i, x * 1.25);
                case ByteArray a -> a.set(i, (byte) random.nextInt());
                case Int8Array a -> a.set(i, (byte) random.nextInt());
                case FP8Array a -> a.set(i, (byte) random.nextInt(-8, 100));
                case ShortArray a -> a.set(i, (short) random.nextInt(-300, 300));
                case CharArray a -> a.set(i, (char) random.nextInt(30, 123));
                case HalfFloatArray a -> a.set(i, new HalfFloat(x));
                case BFloat16Array a -> a.setFloat(i, x);
                default -> throw new IllegalArgumentException(array.getClass() + " is no array");
            }
        }
    }
}
