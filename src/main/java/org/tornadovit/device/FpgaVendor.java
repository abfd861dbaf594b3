package org.tornadovit.device;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Those whose tools make circuits of OpenCL C: they write the same kernels differently. */
public enum FpgaVendor {
    INTEL("Intel"),
    AMD("AMD");

    /** System property: {@code intel} or {@code amd} has every OpenCL device take such kernels. */
    public static final String PROPERTY = "tornadovit.fpga";

    private static final List<String> OF_AMD = List.of("xilinx", "amd", "advanced micro devices");

    private final String title;

    FpgaVendor(String title) {
        this.title = title;
    }

    /** {@return the name as the vendor writes it} */
    public String title() {
        return title;
    }

    /** {@return the name as users write it: {@code intel}, {@code amd}} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return what {@link DeviceInfo#language} says of a device of this vendor} */
    public String language() {
        return "OpenCL C for FPGAs of " + title;
    }

    /**
     * {@return the vendor that a device's text names; Intel, whose boards have other makers' names,
     * where it names none}
     */
    public static FpgaVendor of(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return OF_AMD.stream().anyMatch(lower::contains) ? AMD : INTEL;
    }

    /** {@return the vendor for whose FPGAs a device takes kernels, if it is one for FPGAs} */
    public static Optional<FpgaVendor> of(DeviceInfo info) {
        return Arrays.stream(values()).filter(v -> v.language().equals(info.language())).findAny();
    }

    /**
     * {@return the vendor that {@value #PROPERTY} names, if it is set}
     *
     * @throws DeviceException when it names none
     */
    public static Optional<FpgaVendor> forced() {
        String wanted = System.getProperty(PROPERTY, "").strip();
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                Arrays.stream(values())
                        .filter(v -> v.label().equals(wanted.toLowerCase(Locale.ROOT)))
                        .findAny()
                        .orElseThrow(() ->
                                new DeviceException(
                                        "-D%s=%s names no vendor of FPGAs; write one of %s."
                                                .formatted(PROPERTY, wanted, labels()))));
    }

    private static String labels() {
        return Arrays.stream(values()).map(FpgaVendor::label).collect(Collectors.joining(", "));
    }
}
