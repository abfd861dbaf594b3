package uk.ac.manchester.tornado.api;

import org.jspecify.annotations.Nullable;

/** The store of {@code tornado.*} properties of a runtime. */
public interface TornadoSetting {
    @Nullable String getTornadoProperty(String key);

    String getTornadoProperty(String key, String defaultValue);

    void loadTornadoProperty(String filename);

    void setTornadoProperty(String key, String value);
}
