package uk.ac.manchester.tornado.api.plan.types;

import uk.ac.manchester.tornado.api.ExecutionPlanType;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;

/** Selects one graph of the plan. A node of a plan's chain of options. */
public final class WithGraph extends ExecutionPlanType {
    private final int graphIndexSelected;

    /** Hangs the option below {@code parent}. */
    public WithGraph(TornadoExecutionPlan parent, int graphIndexSelected) {
        super(parent);
        this.graphIndexSelected = graphIndexSelected;
    }

    @Override
    public String toString() {
        return "\n -> withGraph " + graphIndexSelected;
    }
}
