package org.tornadovit.frontend;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.tornadovit.ir.Arithmetic;
import org.tornadovit.ir.Scalar;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** Every static void method of the kernel classes means what its Java means, bit for bit. */
class ConstructsTest {
    private static final List<Class<?>> KERNELS =
            List.of(
                    LoopKernels.class,
                    BranchKernels.class,
                    StackKernels.class,
                    ExpressionKernels.class,
                    CallKernels.class,
                    ApiKernels.class);
    private static final int[] SIZES = {0, 1, 2, 5, 8, 11};
    private static final int LENGTH = 32;
    private static final double[] SPECIAL = {
        0.0,
        -0.0,
        1,
        -1,
        0.5,
        -0.5,
        1.5,
        2.5,
        -2.5,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Float.MAX_VALUE,
        Float.MIN_VALUE,
        1e10,
        -1e10,
        1e19,
        -1e19,
        0.49999997f,
        0.49999999999999994,
        -0.49999997f,
        4503599627370497.5,
        8388609,
        65504,
        65520
    };

    @TestFactory
    Stream<DynamicTest> withDebugInformation() {
        return KERNELS.stream().flatMap(c -> tests(c));
    }

    @TestFactory
    Stream<DynamicTest> without() {
        return KERNELS.stream().flatMap(c -> tests(Recompiled.of(c, "-g:none")));
    }

    private static Stream<DynamicTest> tests(Class<?> owner) {
        return Stream.of(owner.getDeclaredMethods())
                .filter(m -> !m.isSynthetic() && !Modifier.isPrivate(m.getModifiers()))
                .map(m ->
                        DynamicTest.dynamicTest(
                                owner.getSimpleName() + "." + m.getName(), () -> trials(m)));
    }

    private static void trials(Method method) {
        KernelMethod kernelMethod = KernelMethod.of(method);
        Optional<Translation> translation = Optional.empty();
        for (int n : SIZES) {
            Random random = new Random(n);
            Object[] arguments =
                    Stream.of(method.getParameterTypes())
                            .map(type -> argument(type, random, n))
                            .toArray();
            if (translation.isEmpty()) {
                translation = Optional.of(Differential.translate(kernelMethod, arguments));
            }
            Differential.check(translation.get(), kernelMethod, arguments);
        }
    }

    private static Object argument(Class<?> type, Random random, int n) {
        if (type == int.class) {
            return n;
        }
        if (TornadoNativeArray.class.isAssignableFrom(type)) {
            return offHeap(type, random);
        }
        if (!type.isArray()) {
            return value(type, random);
        }
        Object array = Array.newInstance(type.getComponentType(), LENGTH);
        IntStream.range(0, LENGTH)
                .forEach(i -> Array.set(array, i, value(type.getComponentType(), random)));
        return array;
    }

    private static TornadoNativeArray offHeap(Class<?> type, Random random) {
        try {
            TornadoNativeArray array =
                    (TornadoNativeArray) type.getConstructor(int.class).newInstance(LENGTH);
            Scalar element = ((Binding.OfArray) Binding.of(array)).element();
            for (int i = 0; i < LENGTH; i++) {
                double real = (double) value(double.class, random);
                Scalar from = element.isFloat() ? Scalar.F64 : Scalar.I64;
                long bits =
                        element.isFloat()
                                ? Double.doubleToLongBits(real)
                                : (long) value(long.class, random);
                Arithmetic.write(
                        array.getSegment(), element, i, Arithmetic.cast(from, element, bits));
            }
            return array;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object value(Class<?> type, Random random) {
        long bits = random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(-40, 40);
        double real =
                random.nextInt(3) == 0
                        ? SPECIAL[random.nextInt(SPECIAL.length)]
                        : random.nextGaussian() * 10;
        return switch (type.getName()) {
            case "boolean" -> random.nextBoolean();
            case "byte" -> (byte) bits;
            case "short" -> (short) bits;
            case "char" -> (char) bits;
            case "int", "java.lang.Integer" -> (int) bits;
            case "long", "java.lang.Long" -> bits;
            case "float", "java.lang.Float" -> (float) real;
            case "double" -> real;
            case "uk.ac.manchester.tornado.api.types.HalfFloat" -> new HalfFloat((float) real);
            default -> throw new IllegalArgumentException(type.getName());
        };
    }
}
