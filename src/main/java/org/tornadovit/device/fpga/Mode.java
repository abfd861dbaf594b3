package org.tornadovit.device.fpga;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.tornadovit.device.DeviceException;

/** What an offline compiler is asked for. */
public enum Mode {
    /** A circuit: hours. */
    FULL,
    /** Code that a processor runs instead, to see whether results are right: minutes. */
    EMULATION,
    /** A circuit that is simulated cycle by cycle. */
    SIMULATION,
    /** Reports about loops and area, and nothing that runs: minutes. */
    REPORT;

    /** System property: {@code full}, {@code emulation}, {@code simulation} or {@code report}. */
    public static final String PROPERTY = "tornadovit.fpga.mode";

    /** {@return the name as users write it} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * {@return the mode}
     *
     * @param wanted its name; when it is empty, the mode that the vendors' drivers have by their
     *     own variables {@code CL_CONTEXT_EMULATOR_DEVICE_INTELFPGA} and {@code XCL_EMULATION_MODE}
     * @param environment the variables of the process
     * @throws DeviceException when there is no such mode
     */
    public static Mode of(String wanted, Map<String, String> environment) {
        if (wanted.isBlank()) {
            return switch (environment.getOrDefault("XCL_EMULATION_MODE", "")) {
                case "sw_emu" -> EMULATION;
                case "hw_emu" -> SIMULATION;
                default ->
                        environment.containsKey("CL_CONTEXT_EMULATOR_DEVICE_INTELFPGA")
                                ? EMULATION
                                : FULL;
            };
        }
        return Arrays.stream(values())
                .filter(mode -> mode.label().equals(wanted.strip().toLowerCase(Locale.ROOT)))
                .findAny()
                .orElseThrow(() ->
                        new DeviceException(
                                "-D%s=%s is no mode; write one of %s."
                                        .formatted(PROPERTY, wanted, labels())));
    }

    private static String labels() {
        return Arrays.stream(values()).map(Mode::label).collect(Collectors.joining(", "));
    }
}
