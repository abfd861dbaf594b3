package org.tornadovit.runtime;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** Whether HotSpot compiles methods of more than 8000 bytes of bytecode. */
final class HugeMethods {
    /** What to do when it does not. */
    static final String ADVICE =
            "It runs all the same, but interpreted, which is slow: start Java with"
                    + " -XX:-DontCompileHugeMethods to have it compiled";

    private static final String OPTION = "DontCompileHugeMethods";

    private HugeMethods() {}

    static boolean areCompiled() {
        HotSpotDiagnosticMXBean hotSpot =
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return hotSpot != null && hotSpot.getVMOption(OPTION).getValue().equals("false");
    }
}
