package org.tornadovit.lab.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The host: what it is, and how fast and warm it is just now. */
public final class Machine {
    private static final Path CPU = Path.of("/proc/cpuinfo");
    private static final Path THERMAL = Path.of("/sys/class/thermal");
    private static final int GIT_SECONDS = 5;

    private Machine() {}

    /** {@return version and vendor of the Java runtime} */
    public static String jdk() {
        return Runtime.version() + " (" + System.getProperty("java.vm.vendor") + ")";
    }

    /** {@return operating system and architecture} */
    public static String system() {
        return "%s %s %s"
                .formatted(
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch"));
    }

    /** {@return name of the processor, or of its architecture where the system does not tell} */
    public static String processor() {
        String name = cpuField("model name");
        return name.isEmpty() ? System.getProperty("os.arch") : name;
    }

    /** {@return clock of the first core just now in MHz, where the system tells} */
    public static OptionalDouble clockMhz() {
        String clock = cpuField("cpu MHz");
        return clock.isEmpty() ? OptionalDouble.empty() : number(clock, 1);
    }

    /** {@return temperature of the hottest sensor just now in degrees Celsius, if there is one} */
    public static OptionalDouble temperature() {
        if (!Files.isDirectory(THERMAL)) {
            return OptionalDouble.empty();
        }
        try (Stream<Path> zones = Files.list(THERMAL)) {
            return zones.map(zone -> zone.resolve("temp"))
                    .filter(Files::isReadable)
                    .map(Machine::firstLine)
                    .map(line -> number(line, 1e-3))
                    .filter(OptionalDouble::isPresent)
                    .mapToDouble(OptionalDouble::getAsDouble)
                    .max();
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
    }

    /** {@return memory of the host in MiB; 0 where the runtime does not tell} */
    public static long memoryMib() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize() >> 20
                : 0;
    }

    /**
     * The version of the program.
     *
     * @param home folder of the sources
     * @return the commit, with {@code -dirty} when the sources differ from it; the version of the
     *     jar, or {@code unknown}, outside a checkout
     */
    public static String commit(Path home) {
        try {
            Process git =
                    new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=12")
                            .directory(home.toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String commit =
                    new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (git.waitFor(GIT_SECONDS, TimeUnit.SECONDS)
                    && git.exitValue() == 0
                    && !commit.isEmpty()) {
                return commit;
            }
        } catch (IOException e) {
            // no git: the jar may know
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String version = Machine.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    private static String cpuField(String field) {
        try (Stream<String> lines = Files.lines(CPU)) {
            return lines.filter(line -> line.startsWith(field))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    private static String firstLine(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static OptionalDouble number(String text, double scale) {
        try {
            return OptionalDouble.of(Double.parseDouble(text) * scale);
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
