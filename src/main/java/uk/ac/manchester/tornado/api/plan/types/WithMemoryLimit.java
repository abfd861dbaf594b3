package uk.ac.manchester.tornado.api.plan.types;

import uk.ac.manchester.tornado.api.ExecutionPlanType;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;

/** Limits device memory. A node of a plan's chain of options. */
public final class WithMemoryLimit extends ExecutionPlanType {
    private final String memoryLimit;

    /** Hangs the option below {@code parent}. */
    public WithMemoryLimit(TornadoExecutionPlan parent, String memoryLimit) {
        super(parent);
        this.memoryLimit = memoryLimit;
    }

    @Override
    public String toString() {
        return "\n -> withMemoryLimit " + memoryLimit;
    }
}
