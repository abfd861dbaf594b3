package org.tornadovit.runtime;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.TornadoSetting;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** The {@code tornado.*} properties: those set here or read from a file, then the JVM's. */
public final class Settings implements TornadoSetting {
    /** Read only: why backends have no device, a line each. */
    private static final String ABSENT = "tornadovit.absent";

    private static final Properties SET = new Properties();

    /** For the API, which loads this class by name. */
    public Settings() {}

    /** {@return whether a property is {@code true}} */
    static boolean isOn(String key) {
        return Boolean.parseBoolean(get(key));
    }

    private static @Nullable String get(String key) {
        return key.equals(ABSENT)
                ? Backends.absent()
                : SET.getProperty(key, System.getProperty(key));
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
    }

    @Override
    public void loadTornadoProperty(String filename) {
        try (Reader reader = Files.newBufferedReader(Path.of(filename))) {
            SET.load(reader);
        } catch (IOException e) {
            throw new TornadoRuntimeException("cannot read the properties file " + filename);
        }
    }
}
