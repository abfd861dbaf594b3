package org.tornadovit.runtime;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A device that is opened when it is first used; a failure is tried again. Thread-safe. */
final class DeviceToolchain {
    private final Supplier<Toolchain> opener;
    private volatile @Nullable Toolchain opened;

    DeviceToolchain(Supplier<Toolchain> opener) {
        this.opener = opener;
    }

    Toolchain get() {
        Toolchain toolchain = opened;
        return toolchain == null ? open() : toolchain;
    }

    private synchronized Toolchain open() {
        Toolchain toolchain = opened;
        if (toolchain == null) {
            toolchain = opener.get();
            opened = toolchain;
        }
        return toolchain;
    }
}
