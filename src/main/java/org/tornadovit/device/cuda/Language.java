package org.tornadovit.device.cuda;

import java.util.Arrays;
import java.util.Optional;

/**
 * The processors that PTX is written for, each with the first driver that takes the version of PTX
 * which knows it. PTX for an older processor runs on a newer one.
 *
 * <p>Versions are those of the table "PTX Release History" in NVIDIA's PTX manual.
 */
enum Language {
    SM_75(75, 10_000),
    SM_80(80, 11_000),
    SM_86(86, 11_040),
    SM_87(87, 11_040),
    SM_89(89, 11_080),
    SM_90(90, 11_080),
    SM_100(100, 12_080),
    SM_120(120, 12_080);

    private final int capability;
    private final int driver;

    Language(int capability, int driver) {
        this.capability = capability;
        this.driver = driver;
    }

    /** {@return the name that the renderer knows, as in {@code sm_90}} */
    String text() {
        return "sm_" + capability;
    }

    /** {@return the oldest version of the driver, as in 11080 for CUDA 11.8} */
    int driver() {
        return driver;
    }

    /**
     * {@return the newest that a processor and a driver take, if there is one}
     *
     * @param capability compute capability without the point
     * @param driver version, as in 12040
     */
    static Optional<Language> of(int capability, int driver) {
        return Arrays.stream(values())
                .filter(l -> l.capability <= capability && l.driver <= driver)
                .reduce((_, last) -> last);
    }
}
