package org.tornadovit.runtime;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tornadovit.device.fpga.Configuration;
import uk.ac.manchester.tornado.api.TornadoSetting;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/**
 * The {@code tornado.*} properties: those set by the program, then the JVM's, then those of the
 * files {@code tornado.properties} in the working folder and {@code etc/tornado.properties} in the
 * folder that the environment's {@code TORNADO_SDK} names.
 *
 * <p>A property that nothing here looks at is named once on standard error.
 */
public final class Settings implements TornadoSetting {
    /** Measures all executions and prints the profile after each. */
    static final String PROFILER = "tornado.profiler";

    /** Does not print the profile of {@link #PROFILER}. */
    static final String SILENT_PROFILER = "tornado.log.profiler";

    /** A file that receives the profiles. */
    static final String PROFILE_FILE = "tornado.profiler.dump.dir";

    /** Prints kernels. */
    static final String PRINT_KERNEL = "tornado.print.kernel";

    /** A folder that receives the kernels that are printed. */
    static final String PRINT_KERNEL_FOLDER = "tornado.print.kernel.dir";

    /** Prints work sizes. */
    static final String THREAD_INFO = "tornado.threadInfo";

    /** The most device memory of a graph, such as {@code 4GB}. */
    static final String DEVICE_MEMORY = "tornado.device.memory";

    /** Runs devices at once. */
    static final String CONCURRENT_DEVICES = "tornado.concurrent.devices";

    /** {@code false} keeps the two roundings of {@code a * b + c}. */
    static final String FUSED_MULTIPLY_ADD = "tornado.enable.fma";

    /** Runs a graph that cannot be compiled as sequential Java. */
    static final String RECOVER = "tornado.recover.bailout";

    /** Says which kernels are compiled for which device. */
    static final String DEBUG = "tornado.debug";

    /** Says how long their compilation takes as well. */
    static final String FULL_DEBUG = "tornado.fullDebug";

    /** Read only: why backends have no device, a line each. */
    private static final String ABSENT = "tornadovit.absent";

    private static final String FILE = "tornado.properties";
    private static final String PREFIX = "tornado.";

    /** The properties of TornadoVM that do what they do there. */
    private static final Set<String> KNOWN =
            Set.of(
                    PROFILER,
                    SILENT_PROFILER,
                    PROFILE_FILE,
                    PRINT_KERNEL,
                    PRINT_KERNEL_FOLDER,
                    THREAD_INFO,
                    DEVICE_MEMORY,
                    CONCURRENT_DEVICES,
                    FUSED_MULTIPLY_ADD,
                    RECOVER,
                    DEBUG,
                    FULL_DEBUG,
                    Configuration.PROPERTY,
                    Precompiled.PROPERTY,
                    "tornado.panama.objectHeader",
                    "tornado.load.api.implementation",
                    "tornado.load.runtime.implementation",
                    "tornado.load.tornado.implementation",
                    "tornado.chrome.event.tracer.enabled",
                    "tornado.chrome.event.tracer.filename");

    /** What programs made for TornadoVM set for themselves. */
    private static final List<String> OF_PROGRAMS =
            List.of("tornado.unittests.", "tornado.benchmarks.", "tornado.examples.");

    private static final Properties SET = new Properties();
    private static final Properties FILES = files();

    static {
        System.getProperties().stringPropertyNames().forEach(Settings::notice);
        FILES.stringPropertyNames().forEach(Settings::notice);
    }

    /** For the API, which loads this class by name. */
    public Settings() {}

    /** {@return whether a property is {@code true}} */
    static boolean isOn(String key) {
        return Boolean.parseBoolean(get(key));
    }

    private static @Nullable String get(String key) {
        return key.equals(ABSENT)
                ? Backends.absent()
                : SET.getProperty(key, System.getProperty(key, FILES.getProperty(key)));
    }

    /** {@return a property, or nothing} */
    static Optional<String> find(String key) {
        return Optional.ofNullable(get(key));
    }

    /** {@return a property, or nothing where it says nothing} */
    static Optional<String> said(String key) {
        return find(key).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** {@return whether a property is {@code false}} */
    static boolean isOff(String key) {
        return "false".equalsIgnoreCase(get(key));
    }

    private static Properties files() {
        Properties properties = new Properties();
        String sdk = System.getenv("TORNADO_SDK");
        if (sdk != null) {
            read(Path.of(sdk, "etc", FILE), properties);
        }
        read(Path.of(FILE), properties);
        return properties;
    }

    private static void read(Path file, Properties properties) {
        if (!Files.isRegularFile(file)) {
            return;
        }
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            Notes.once("cannot read the properties file " + file + ": " + e.getMessage());
        }
    }

    private static void notice(String key) {
        if (key.startsWith(PREFIX)
                && !KNOWN.contains(key)
                && OF_PROGRAMS.stream().noneMatch(key::startsWith)) {
            Notes.once("the property " + key + " is unknown here and changes nothing");
        }
    }

    @Override
    public @Nullable String getTornadoProperty(String key) {
        return get(key);
    }

    @Override
    public String getTornadoProperty(String key, String defaultValue) {
        String value = get(key);
        return value == null ? defaultValue : value;
    }

    @Override
    public void setTornadoProperty(String key, String value) {
        SET.setProperty(key, value);
        notice(key);
    }

    @Override
    public void loadTornadoProperty(String filename) {
        try (Reader reader = Files.newBufferedReader(Path.of(filename))) {
            Properties read = new Properties();
            read.load(reader);
            read.stringPropertyNames()
                    .forEach(key -> setTornadoProperty(key, read.getProperty(key)));
        } catch (IOException e) {
            throw new TornadoRuntimeException("cannot read the properties file " + filename);
        }
    }
}
