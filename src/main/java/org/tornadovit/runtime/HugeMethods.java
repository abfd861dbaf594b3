package org.tornadovit.runtime;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.tornadovit.device.CodeTooLongException;

/** Whether HotSpot compiles methods of more than 8000 bytes of bytecode. */
final class HugeMethods {
    private static final String OPTION = "DontCompileHugeMethods";

    private HugeMethods() {}

    static boolean areCompiled() {
        HotSpotDiagnosticMXBean hotSpot =
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return hotSpot != null && hotSpot.getVMOption(OPTION).getValue().equals("false");
    }

    /** Says what to do about a kernel that is too long, when it does not. */
    static void note(CodeTooLongException reason) {
        if (!areCompiled()) {
            Notes.once(
                    "%s. It runs all the same, but interpreted, which is slow: start Java with -XX:-%s"
                                    .formatted(reason.getMessage(), OPTION)
                            + " to have it compiled");
        }
    }
}
