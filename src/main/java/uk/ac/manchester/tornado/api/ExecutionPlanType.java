package uk.ac.manchester.tornado.api;

/** A node of a plan's chain of options: it shares the executor of the plan it hangs below. */
public abstract non-sealed class ExecutionPlanType extends TornadoExecutionPlan {
    /** Hangs the option below a plan or another option. */
    public ExecutionPlanType(TornadoExecutionPlan parentNode) {
        super(parentNode);
    }
}
