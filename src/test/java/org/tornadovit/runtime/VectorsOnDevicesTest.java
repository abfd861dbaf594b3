package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.tornadovit.frontend.VectorArguments;
import org.tornadovit.frontend.VectorKernels;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Kernels over vectors, matrices, images and volumes give on each device what Java gives. */
class VectorsOnDevicesTest {
    @TestFactory
    Stream<DynamicTest> kernels() {
        return OnDevices.all().stream()
                .flatMap(device ->
                        VectorArguments.cases().entrySet().stream()
                                .map(e ->
                                        DynamicTest.dynamicTest(
                                                device.getDeviceName() + " " + e.getKey(),
                                                () ->
                                                        check(
                                                                device,
                                                                e.getKey(),
                                                                e.getValue().get(),
                                                                e.getValue().get()))));
    }

    private static void check(
            TornadoDevice device, String name, Object[] arguments, Object[] expected) {
        Method method = Launch.method(VectorKernels.class, name);
        Launch.java(method, expected);
        Launch.on(device, method, arguments);
        List<List<Object>> found = Memory.of(arguments);
        List<List<Object>> wanted = Memory.of(expected);
        for (int i = 0; i < wanted.size(); i++) {
            for (int j = 0; j < wanted.get(i).size(); j++) {
                Object want = wanted.get(i).get(j);
                Object got = found.get(i).get(j);
                if (want instanceof Float f && !f.isNaN()) { // a * b + c may be rounded once
                    float near = Math.max(1e-6f, Math.abs(f) * 1e-5f);
                    assertThat((Float) got).isBetween(f - near, f + near);
                } else {
                    assertThat(got).isEqualTo(want);
                }
            }
        }
    }
}
