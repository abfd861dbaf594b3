package org.tornadovit.runtime;

import org.tornadovit.device.Device;

/**
 * What is needed to compile for a device and to run there.
 *
 * @param device the open device
 * @param compiler compiles tasks for it and keeps their programs
 */
record Toolchain(Device device, TaskCompiler compiler) {
    /** {@return the toolchain of an open device} */
    static Toolchain of(Device device) {
        return new Toolchain(device, new TaskCompiler(device));
    }
}
