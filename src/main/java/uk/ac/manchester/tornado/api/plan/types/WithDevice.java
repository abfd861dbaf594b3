package uk.ac.manchester.tornado.api.plan.types;

import uk.ac.manchester.tornado.api.ExecutionPlanType;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Chooses a device. A node of a plan's chain of options. */
public final class WithDevice extends ExecutionPlanType {
    private final TornadoDevice device;

    /** Hangs the option below {@code parent}. */
    public WithDevice(TornadoExecutionPlan parent, TornadoDevice device) {
        super(parent);
        this.device = device;
    }

    @Override
    public String toString() {
        return "\n -> withDevice " + device.getDeviceName();
    }
}
