package org.tornadovit.lab.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Energy used by the processor packages, where the system lets this process read the counters. */
public final class Energy {
    private static final Path COUNTERS = Path.of("/sys/class/powercap");

    private Energy() {}

    /** {@return the sum of all package counters in joules, if they can be read} */
    public static OptionalDouble joules() {
        if (!Files.isDirectory(COUNTERS)) {
            return OptionalDouble.empty();
        }
        List<Path> packages = new ArrayList<>();
        try (Stream<Path> entries = Files.list(COUNTERS)) {
            entries.filter(e -> e.getFileName().toString().matches("intel-rapl:\\d+"))
                    .forEach(packages::add);
            double microjoules = 0;
            for (Path counter : packages) {
                microjoules +=
                        Long.parseLong(Files.readString(counter.resolve("energy_uj")).strip());
            }
            return packages.isEmpty()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(microjoules * 1e-6);
        } catch (IOException | NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
