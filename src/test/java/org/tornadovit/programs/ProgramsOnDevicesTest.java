package org.tornadovit.programs;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.tornadovit.runtime.OnDevices;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Whole programs, as users of TornadoVM write them, on each device: each checks its results. */
class ProgramsOnDevicesTest {
    private static final List<Class<?>> PROGRAMS = List.of(LinearAlgebra.class, PlanPrograms.class);

    @TestFactory
    Stream<DynamicTest> programs() {
        return OnDevices.all().stream()
                .flatMap(device -> PROGRAMS.stream().flatMap(owner -> programs(owner, device)));
    }

    /** A program is a method that takes a device. */
    private static Stream<DynamicTest> programs(Class<?> owner, TornadoDevice device) {
        return Arrays.stream(owner.getDeclaredMethods())
                .filter(m ->
                        Arrays.equals(m.getParameterTypes(), new Class<?>[] {TornadoDevice.class}))
                .map(m ->
                        DynamicTest.dynamicTest(
                                device.getDeviceName()
                                        + " "
                                        + owner.getSimpleName()
                                        + "."
                                        + m.getName(),
                                () -> run(m, device)));
    }

    private static void run(Method program, TornadoDevice device) throws Throwable {
        program.setAccessible(true);
        try {
            program.invoke(null, device);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
