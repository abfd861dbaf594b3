package org.tornadovit.codegen.ptx;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The processor that PTX is written for.
 *
 * @param capability compute capability without the point: 75, 80, 90
 * @param suffix {@code a} for instructions of this capability alone, else empty
 */
public record Architecture(int capability, String suffix) {
    private static final Pattern NAME = Pattern.compile("sm_(\\d{2,3})(a?)");
    private static final int OLDEST = 75;

    /** The first capability that converts to bfloat16 and has minima that keep NaN. */
    private static final int AMPERE = 80;

    /** Refuses what is too old. */
    public Architecture {
        if (capability < OLDEST) {
            throw new IllegalArgumentException(
                    "sm_%d is too old; PTX is written for sm_%d and newer"
                            .formatted(capability, OLDEST));
        }
    }

    /**
     * {@return the architecture of a name}
     *
     * @param name as in {@code sm_80} or {@code sm_90a}
     * @throws IllegalArgumentException when it is no name of an architecture from sm_75 on
     */
    public static Architecture of(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no architecture; name one as in sm_90");
        }
        return new Architecture(Integer.parseInt(matcher.group(1)), matcher.group(2));
    }

    /** {@return the oldest version of PTX that knows the architecture} */
    public String version() {
        if (!suffix.isEmpty()) {
            return capability == 90 ? "8.0" : "8.7";
        }
        return capability < AMPERE
                ? "6.3"
                : capability == AMPERE
                        ? "7.0"
                        : capability <= 87 ? "7.4" : capability <= 90 ? "7.8" : "8.7";
    }

    /** {@return whether it converts to bfloat16 and has minima that keep NaN} */
    boolean isAmpere() {
        return capability >= AMPERE;
    }

    /** {@return the name, as in {@code sm_90a}} */
    @Override
    public String toString() {
        return "sm_" + capability + suffix;
    }
}
