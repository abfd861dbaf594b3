package org.tornadovit.lab.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * What others used of the host's processors during a measurement, as far as Linux tells: all busy
 * time less that of this process, time that the hypervisor took included.
 */
final class HostLoad {
    private static final Path STATISTICS = Path.of("/proc/stat");

    /** Nanoseconds of a tick; Linux counts a hundred a second for programs everywhere. */
    private static final double TICK = 1e7;

    /** Columns of processor time: user, nice, system, idle, waiting, interrupts, stolen. */
    private static final int COLUMNS = 8;

    private static final int IDLE = 3;
    private static final int WAITING = 4;

    /** Nanoseconds by now: of all processors, of them busy, of this process. */
    private record Times(double all, double busy, double own) {}

    private final Times[] begun;

    private HostLoad(Times[] begun) {
        this.begun = begun;
    }

    /** {@return a measurement that begins now} */
    static HostLoad begin() {
        return new HostLoad(now());
    }

    /** {@return the share of all processors' time since the beginning that others used} */
    OptionalDouble shareOfOthers() {
        Times[] now = now();
        if (begun.length == 0 || now.length == 0 || now[0].all() <= begun[0].all()) {
            return OptionalDouble.empty();
        }
        double others = now[0].busy() - begun[0].busy() - (now[0].own() - begun[0].own());
        return OptionalDouble.of(Math.clamp(others / (now[0].all() - begun[0].all()), 0, 1));
    }

    private static Times[] now() {
        if (!(ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean process)) {
            return new Times[0];
        }
        try (var lines = Files.lines(STATISTICS)) {
            double[] ticks =
                    Arrays.stream(lines.findFirst().orElse("").strip().split("\\s+"))
                            .skip(1)
                            .limit(COLUMNS)
                            .mapToDouble(Double::parseDouble)
                            .toArray();
            double all = Arrays.stream(ticks).sum();
            return ticks.length < COLUMNS
                    ? new Times[0]
                    : new Times[] {
                        new Times(
                                all * TICK,
                                (all - ticks[IDLE] - ticks[WAITING]) * TICK,
                                process.getProcessCpuTime())
                    };
        } catch (IOException | NumberFormatException e) {
            return new Times[0];
        }
    }
}
