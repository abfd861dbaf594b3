package org.tornadovit.bench;

import java.util.Random;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A kernel on a device, run once, its answer checked. Its arrays stay on the device. */
final class KernelRun implements AutoCloseable, Runnable {
    private static final int SAMPLES = 200;

    /** Of sums of 3072 products in float32. */
    private static final double TOLERANCE = 2e-5;

    private final TornadoExecutionPlan plan;

    /**
     * Prepares a kernel.
     *
     * @throws PeerException when its answer is wrong
     */
    KernelRun(KernelCase kernel, TornadoDevice device) {
        FloatArray[] arrays = kernel.arrays();
        FloatArray result = arrays[arrays.length - 1];
        Random random = new Random(2);
        int[] places = random.ints(SAMPLES, 0, result.getSize()).toArray();
        double[] expected = new double[SAMPLES];
        double greatest = 0;
        for (int i = 0; i < SAMPLES; i++) {
            expected[i] = kernel.expected().apply(arrays, places[i]);
            greatest = Math.max(greatest, Math.abs(expected[i]));
        }
        TaskGraph graph =
                kernel.tasks()
                        .apply(
                                new TaskGraph("bench")
                                        .transferToDevice(
                                                DataTransferMode.FIRST_EXECUTION,
                                                (Object[]) arrays),
                                arrays)
                        .transferToHost(DataTransferMode.UNDER_DEMAND, result);
        plan = new TornadoExecutionPlan(graph.snapshot());
        plan.withDevice(device);
        plan.execute().transferToHost(result);
        for (int i = 0; i < SAMPLES; i++) {
            double error = Math.abs(result.get(places[i]) - expected[i]) / greatest;
            if (!(error <= TOLERANCE)) {
                throw new PeerException(
                        "%s on %s gives %s at %d instead of %s; it is not measured."
                                .formatted(
                                        kernel.name(),
                                        device,
                                        result.get(places[i]),
                                        places[i],
                                        expected[i]));
            }
        }
    }

    @Override
    public void run() {
        plan.execute();
    }

    @Override
    public void close() {
        try {
            plan.freeDeviceMemory();
            plan.close();
        } catch (TornadoExecutionPlanException e) {
            throw new PeerException("A plan cannot be closed", e);
        }
    }
}
