package org.tornadovit.device.cpu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What the operating system says of the processor and the memory. */
final class Processor {
    private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");

    private Processor() {}

    static String architecture() {
        return System.getProperty("os.arch");
    }

    /** {@return who made it, or the empty string} */
    static String vendor() {
        return field("vendor_id").orElse("");
    }

    /** {@return what it is called; its architecture when nothing better is known} */
    static String model() {
        return field("model name").orElse(architecture());
    }

    /** {@return its clock in megahertz now, or 0 when unknown} */
    static int clockMegahertz() {
        return field("cpu MHz").map(Double::parseDouble).map(Double::intValue).orElse(0);
    }

    /** {@return the memory that this process may use, in bytes} */
    static long memory() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : Runtime.getRuntime().maxMemory();
    }

    private static Optional<String> field(String name) {
        if (!Files.isReadable(DESCRIPTION)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(DESCRIPTION)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty(); // only the description of the device suffers
        }
    }
}
