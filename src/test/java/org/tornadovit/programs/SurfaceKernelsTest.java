package org.tornadovit.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.tornadovit.frontend.Recompiled;
import org.tornadovit.runtime.Launch;
import org.tornadovit.runtime.Memory;
import org.tornadovit.runtime.OnDevices;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/**
 * Every method of the API, and of the JDK's classes of numbers, that a kernel can call gives in a
 * kernel what it gives in Java. Families of classes that one template generates are represented by
 * some of them, with other ones on the JVM than elsewhere; {@code -Dtornadovit.test.surface=true}
 * tries all on every device.
 */
class SurfaceKernelsTest {
    private static final int CALLS = 3;
    private static final int CONTAINERS = 8;

    /** Classes that stand for their families on devices other than the JVM. */
    private static final Set<String> EVERYWHERE =
            Set.of(
                    "Float3",
                    "Half2",
                    "Int4",
                    "HalfFloat",
                    "Matrix4x4Float",
                    "TornadoMath",
                    "Integer",
                    "Long");

    /** Families of which the JVM has enough members without these. */
    private static final String ALIKE =
            "(Double|Int|Half)(8|16)|Float16|(Double|Int)3|Vector.*(8|16|3)|StrictMath";

    @TestFactory
    Stream<DynamicTest> methods() {
        return SurfaceKernels.owners().stream()
                .flatMap(owner ->
                        OnDevices.all().stream()
                                .filter(device -> isWanted(owner, device))
                                .map(device ->
                                        DynamicTest.dynamicTest(
                                                owner.getSimpleName()
                                                        + " "
                                                        + device.getDeviceName(),
                                                () -> check(owner, device))));
    }

    private static boolean isWanted(Class<?> owner, TornadoDevice device) {
        return Boolean.getBoolean("tornadovit.test.surface")
                || EVERYWHERE.contains(owner.getSimpleName())
                || device.getTornadoVMBackend() == TornadoVMBackendType.JAVA
                        && !owner.getSimpleName().matches(ALIKE);
    }

    private static void check(Class<?> owner, TornadoDevice device) {
        List<List<SurfaceKernels.Call>> kernels = kernels(owner);
        String name = "Surface" + owner.getSimpleName();
        Class<?> type = Recompiled.of(name, SurfaceKernels.source(name, kernels));
        List<String> different = new ArrayList<>();
        for (int k = 0; k < kernels.size(); k++) {
            Method method = Launch.method(type, "k" + k);
            Object[] wanted = SurfaceArguments.of(kernels.get(k));
            Object[] found = SurfaceArguments.of(kernels.get(k));
            Launch.java(method, wanted);
            Launch.on(device, method, found);
            compare(kernels.get(k), Memory.of(wanted), Memory.of(found), different);
        }
        assertThat(different).isEmpty();
    }

    /** {@return the calls, some to a kernel; those that write have one of their own} */
    private static List<List<SurfaceKernels.Call>> kernels(Class<?> owner) {
        List<List<SurfaceKernels.Call>> kernels = new ArrayList<>();
        List<SurfaceKernels.Call> open = new ArrayList<>();
        for (SurfaceKernels.Call call : SurfaceKernels.calls(owner)) {
            if (call.writes() || owner.getSimpleName().matches("\\D+(8|16)|.*Ops")) {
                kernels.add(List.of(call));
                continue;
            }
            int containers = SurfaceKernels.containers(open).size() + call.containers().size();
            if (open.size() == CALLS || containers > CONTAINERS) {
                kernels.add(List.copyOf(open));
                open.clear();
            }
            open.add(call);
        }
        if (!open.isEmpty()) {
            kernels.add(List.copyOf(open));
        }
        return kernels;
    }

    private static void compare(
            List<SurfaceKernels.Call> calls,
            List<List<Object>> wanted,
            List<List<Object>> found,
            List<String> different) {
        for (int i = 0; i < wanted.size(); i++) {
            for (int j = 0; j < wanted.get(i).size(); j++) {
                if (!near(wanted.get(i).get(j), found.get(i).get(j))) {
                    int call = j / (SurfaceKernels.results(calls) / calls.size());
                    different.add(
                            "%s, array %d, element %d: Java %s, device %s"
                                    .formatted(
                                            calls.get(Math.min(call, calls.size() - 1)).name(),
                                            i,
                                            j,
                                            wanted.get(i).get(j),
                                            found.get(i).get(j)));
                }
            }
        }
    }

    /** Functions may differ by some units in the last place, {@code a * b + c} by a rounding. */
    private static boolean near(Object wanted, Object found) {
        if (wanted.equals(found) || wanted instanceof Long) {
            return wanted.equals(found);
        }
        double x = ((Number) wanted).doubleValue();
        double y = ((Number) found).doubleValue();
        double error = wanted instanceof Float ? 4e-6 : 1e-12;
        return x == y || Math.abs(x - y) <= error * Math.max(1, Math.abs(x));
    }
}
