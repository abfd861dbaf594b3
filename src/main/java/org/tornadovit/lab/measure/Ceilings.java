package org.tornadovit.lab.measure;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tornadovit.lab.LabException;
import org.tornadovit.lab.results.CeilingRow;
import org.tornadovit.lab.results.Status;
import org.tornadovit.lab.statistics.WarmUp;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Measures what a device does at best: products of matrices, a copy, and on CPUs bare registers.
 */
final class Ceilings {
    private static final int SMALLEST = 768;
    private static final int LARGEST = 6144;
    private static final long ENOUGH_NANOSECONDS = 5_000_000;
    private static final long SPENT_NANOSECONDS = 400_000_000;
    private static final int LEAST_RUNS = 3;
    private static final WarmUp WARM_UP = new WarmUp(LEAST_RUNS, 3_000_000_000L);
    private static final int MOST_RUNS = 100;
    private static final int COPIED = 1 << 24;

    private Ceilings() {}

    /** {@return the rates of a device; a failed row when it cannot run the loops} */
    static CeilingRow measure(String name, TornadoDevice device, boolean isHost) {
        Map<String, Double> products = new LinkedHashMap<>();
        Map<String, Double> copies = new LinkedHashMap<>();
        try {
            int size = SMALLEST;
            double seconds = product(products, device, size);
            while (seconds * 1e9 < ENOUGH_NANOSECONDS && size < LARGEST) {
                size *= 2;
                seconds = product(products, device, size);
            }
            if (isHost && ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
                products.put("registers", VectorPeak.gflopPerSecond());
            }
            copies.put("copy", 2.0 * Float.BYTES * COPIED / copy(device) / 1e9);
            return new CeilingRow(name, products, copies, Status.OK, "");
        } catch (RuntimeException | OutOfMemoryError e) {
            return new CeilingRow(name, products, copies, Status.FAILED, Failure.sentence(e));
        }
    }

    private static double product(Map<String, Double> rates, TornadoDevice device, int size) {
        FloatArray a = filled(size * size);
        FloatArray b = filled(size * size);
        FloatArray c = new FloatArray(size * size);
        TaskGraph graph =
                new TaskGraph("ceiling")
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, a, b)
                        .task("product", CeilingKernels::product, a, b, c, size, size, size)
                        .transferToHost(DataTransferMode.UNDER_DEMAND, c);
        double seconds = best(graph, device);
        rates.put("product " + size, 2.0 * size * size * size / seconds / 1e9);
        return seconds;
    }

    private static double copy(TornadoDevice device) {
        FloatArray from = filled(COPIED);
        FloatArray to = new FloatArray(COPIED);
        TaskGraph graph =
                new TaskGraph("ceiling")
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, from)
                        .task("copy", CeilingKernels::copy, from, to)
                        .transferToHost(DataTransferMode.UNDER_DEMAND, to);
        return best(graph, device);
    }

    /** {@return the least time of a run in seconds} */
    private static double best(TaskGraph graph, TornadoDevice device) {
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withDevice(device);
            WARM_UP.run(plan::execute, System::nanoTime);
            long least = Long.MAX_VALUE;
            long begun = System.nanoTime();
            for (int run = 1; run <= MOST_RUNS; run++) {
                long start = System.nanoTime();
                plan.execute();
                long end = System.nanoTime();
                least = Math.min(least, end - start);
                if (run >= LEAST_RUNS && end - begun > SPENT_NANOSECONDS) {
                    break;
                }
            }
            plan.freeDeviceMemory();
            return least / 1e9;
        } catch (TornadoExecutionPlanException e) {
            throw new LabException("The plan of the ceiling cannot be closed.", e);
        }
    }

    private static FloatArray filled(int size) {
        FloatArray array = new FloatArray(size);
        for (int i = 0; i < size; i++) {
            array.set(i, (i % 17 - 8) / 8f);
        }
        return array;
    }
}
