package uk.ac.manchester.tornado.api.plan.types;

import uk.ac.manchester.tornado.api.ExecutionPlanType;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;

/** Clears the profiles. A node of a plan's chain of options. */
public final class WithClearProfiles extends ExecutionPlanType {
    /** Hangs the option below {@code parent}. */
    public WithClearProfiles(TornadoExecutionPlan parent) {
        super(parent);
    }

    @Override
    public String toString() {
        return "\n -> withClearProfiles";
    }
}
