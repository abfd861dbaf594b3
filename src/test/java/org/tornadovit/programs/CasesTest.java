package org.tornadovit.programs;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.tornadovit.runtime.Launch;
import org.tornadovit.runtime.Memory;
import org.tornadovit.runtime.OnDevices;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Kernels as users of TornadoVM write them give on each device what Java gives. */
class CasesTest {
    private static final Map<Class<?>, Supplier<List<Case>>> KERNELS =
            Map.of(
                    Simulations.class, Simulations::cases,
                    GroupKernels.class, GroupKernels::cases,
                    LanguageModel.class, LanguageModel::cases,
                    ImageKernels.class, ImageKernels::cases,
                    JavaKernels.class, JavaKernels::cases);

    @TestFactory
    Stream<DynamicContainer> kernels() {
        return OnDevices.all().stream()
                .map(device ->
                        DynamicContainer.dynamicContainer(
                                device.getDeviceName(),
                                KERNELS.entrySet().stream()
                                        .flatMap(e -> tests(device, e.getKey(), e.getValue()))));
    }

    private static Stream<DynamicTest> tests(
            TornadoDevice device, Class<?> owner, Supplier<List<Case>> cases) {
        return cases.get().stream()
                .map(c ->
                        DynamicTest.dynamicTest(
                                owner.getSimpleName() + "." + c.kernel(),
                                () -> check(device, owner, c)));
    }

    static void check(TornadoDevice device, Class<?> owner, Case c) {
        Object[] wanted = c.arguments().get();
        Object[] found = c.arguments().get();
        Launch.java(
                Launch.method(owner, c.kernel() + (c.grid().isPresent() ? "Reference" : "")),
                wanted);
        Method method = Launch.method(owner, c.kernel());
        Launch.grid(device, method, c.grid(), found);
        List<List<Object>> want = Memory.of(wanted);
        List<List<Object>> got = Memory.of(found);
        for (int i = 0; i < want.size(); i++) {
            for (int j = 0; j < want.get(i).size(); j++) {
                Check.near(
                        "array %d, element %d".formatted(i, j),
                        ((Number) got.get(i).get(j)).doubleValue(),
                        ((Number) want.get(i).get(j)).doubleValue(),
                        want.get(i).get(j) instanceof Long ? 0 : c.error());
            }
        }
    }
}
