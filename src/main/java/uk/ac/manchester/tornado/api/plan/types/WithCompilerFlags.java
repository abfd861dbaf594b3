package uk.ac.manchester.tornado.api.plan.types;

import uk.ac.manchester.tornado.api.ExecutionPlanType;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;

/** Passes flags to a driver's compiler. A node of a plan's chain of options. */
public final class WithCompilerFlags extends ExecutionPlanType {
    private final String compilerFlags;

    /** Hangs the option below {@code parent}. */
    public WithCompilerFlags(TornadoExecutionPlan parent, String compilerFlags) {
        super(parent);
        this.compilerFlags = compilerFlags;
    }

    @Override
    public String toString() {
        return "\n -> withCompilerFlags " + compilerFlags;
    }
}
