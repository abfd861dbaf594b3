package org.tornadovit.frontend;

import java.lang.reflect.Method;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Random control flow means what its Java means, compiled with and without debug information. */
class RandomProgramsTest {
    private static final int PROGRAMS = Integer.getInteger("programs", 30);
    private static final int FIRST = Integer.getInteger("seed", 1);
    private static final int CLASSES = Integer.getInteger("classes", 2);

    @TestFactory
    Stream<DynamicTest> programs() {
        return IntStream.range(FIRST, FIRST + CLASSES).boxed().flatMap(RandomProgramsTest::tests);
    }

    private static Stream<DynamicTest> tests(int seed) {
        String name = "Random" + seed;
        Class<?> type =
                Recompiled.of(
                        name,
                        RandomPrograms.source(name, seed, PROGRAMS),
                        seed % 2 == 0 ? "-g" : "-g:none");
        return Stream.of(type.getDeclaredMethods())
                .filter(m -> m.getName().startsWith("k"))
                .map(m -> DynamicTest.dynamicTest(name + "." + m.getName(), () -> check(m)));
    }

    private static void check(Method method) {
        KernelMethod kernel = KernelMethod.of(method);
        Translation translation =
                Differential.translate(kernel, new int[1], new int[1], new float[1], 0);
        for (int n = 0; n < 6; n++) {
            Random random = new Random(n);
            int[] a = random.ints(32, -5, 40).toArray();
            int[] out = new int[32];
            float[] f = new float[32];
            for (int i = 0; i < f.length; i++) {
                f[i] = random.nextFloat(-10, 10);
            }
            Differential.check(translation, kernel, a, out, f, n * 2);
        }
    }
}
