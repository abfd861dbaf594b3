package uk.ac.manchester.tornado.api.plan.types;

import uk.ac.manchester.tornado.api.ExecutionPlanType;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;

/** Executes a number of times before. A node of a plan's chain of options. */
public final class WithWarmUpIterations extends ExecutionPlanType {
    private final long iterations;

    /** Hangs the option below {@code parentNode}. */
    public WithWarmUpIterations(TornadoExecutionPlan parentNode, long iterations) {
        super(parentNode);
        this.iterations = iterations;
    }

    @Override
    public String toString() {
        return "\n -> withWarmUpIterations " + iterations;
    }
}
