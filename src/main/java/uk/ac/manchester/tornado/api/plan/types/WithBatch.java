package uk.ac.manchester.tornado.api.plan.types;

import uk.ac.manchester.tornado.api.ExecutionPlanType;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;

/** Runs in batches of a size such as {@code 512MB}. A node of a plan's chain of options. */
public final class WithBatch extends ExecutionPlanType {
    private final String batchSize;

    /** Hangs the option below {@code parent}. */
    public WithBatch(TornadoExecutionPlan parent, String batchSize) {
        super(parent);
        this.batchSize = batchSize;
    }

    @Override
    public String toString() {
        return "\n -> withBatch " + batchSize;
    }
}
