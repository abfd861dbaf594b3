package org.tornadovit.programs;

import java.util.List;
import java.util.stream.Stream;
import org.tornadovit.runtime.OnDevices;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * Runs the kernels of work-items of {@link GroupKernels} and {@link LanguageModel} on the first
 * device whose name begins with the system property {@code tornadovit.test.devices}; the main class
 * of a process whose OpenCL device is the simulator of oclgrind.
 */
public final class SimulatedItems {
    private SimulatedItems() {}

    public static void main(String[] arguments) {
        TornadoDevice device = OnDevices.all().getFirst();
        int count = run(device, GroupKernels.class, GroupKernels.cases());
        count += run(device, LanguageModel.class, LanguageModel.cases());
        System.out.println("ran items: " + count);
    }

    private static int run(TornadoDevice device, Class<?> owner, List<Case> cases) {
        return Stream.of(cases.toArray(Case[]::new))
                .filter(c -> c.grid().isPresent())
                .mapToInt(c -> {
                    CasesTest.check(device, owner, c);
                    return 1;
                })
                .sum();
    }
}
