package org.tornadovit.runtime;

import org.tornadovit.device.DeviceInfo;
import org.tornadovit.passes.Target;

/** What the passes need to know of a device, from its description. */
final class Targets {
    /** System property: {@code true} keeps Java's two roundings of {@code a * b + c}. */
    static final String STRICT = "tornadovit.strict";

    private static final int FEW_REGISTERS = 16;
    private static final int MANY_REGISTERS = 32;
    private static final int WIDEST = 512;

    private Targets() {}

    /** {@return whether {@code a * b + c} keeps Java's two roundings} */
    static boolean isStrict() {
        return Boolean.getBoolean(STRICT) || Settings.isOff(Settings.FUSED_MULTIPLY_ADD);
    }

    /** Work-items of the groups that schedules make. */
    private static final int GROUP = 256;

    private static long groupMemory(DeviceInfo info) {
        boolean isGpu =
                info.kind() == DeviceInfo.Kind.GPU || info.backend() == DeviceInfo.Backend.CUDA;
        return isGpu && info.maxGroupX() >= GROUP ? info.localMemory() : 0;
    }

    /** {@return the target of a device} */
    static Target of(DeviceInfo info) {
        boolean fuses = !isStrict();
        if (info.backend() == DeviceInfo.Backend.FPGA) {
            return Target.circuit(fuses);
        }
        int lanes =
                info.kind() == DeviceInfo.Kind.CPU
                        ? Math.clamp(info.vectorBits() / Float.SIZE, 1, WIDEST / Float.SIZE)
                        : 1;
        int known = info.vectorRegisters();
        int registers =
                known > 0 ? known : info.vectorBits() >= WIDEST ? MANY_REGISTERS : FEW_REGISTERS;
        return new Target(lanes, registers, info.computeUnits(), fuses, groupMemory(info));
    }
}
