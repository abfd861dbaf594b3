package uk.ac.manchester.tornado.api.plan.types;

import uk.ac.manchester.tornado.api.ExecutionPlanType;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;

/** Replays captured CUDA graphs. A node of a plan's chain of options. */
public final class WithCUDAGraph extends ExecutionPlanType {
    /** Hangs the option below {@code parent}. */
    public WithCUDAGraph(TornadoExecutionPlan parent) {
        super(parent);
    }
}
