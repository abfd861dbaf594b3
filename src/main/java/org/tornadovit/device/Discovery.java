package org.tornadovit.device;

import java.util.List;

/**
 * What was found of one kind of device.
 *
 * @param backend the way the devices are driven
 * @param devices the devices, in the order of their names; may be empty
 * @param reason one sentence: why there is no device, or what of the drivers is left out, and what
 *     would bring it; empty when nothing is missing
 */
public record Discovery(DeviceInfo.Backend backend, List<DeviceInfo> devices, String reason) {
    /** Copies the list. */
    public Discovery {
        devices = List.copyOf(devices);
        if (devices.isEmpty() && reason.isEmpty()) {
            throw new IllegalArgumentException("a reason is given when none is found");
        }
    }

    /** {@return devices that were found} */
    public static Discovery of(DeviceInfo.Backend backend, List<DeviceInfo> devices) {
        return new Discovery(backend, devices, "");
    }

    /** {@return what a survey found, or {@code otherwise} as the reason for nothing} */
    public static Discovery of(
            DeviceInfo.Backend backend, Survey<DeviceInfo> survey, String otherwise) {
        List<DeviceInfo> devices = survey.found();
        return new Discovery(backend, devices, survey.reason(devices.isEmpty() ? otherwise : ""));
    }

    /** {@return no device, and why} */
    public static Discovery none(DeviceInfo.Backend backend, String reason) {
        return new Discovery(backend, List.of(), reason);
    }
}
