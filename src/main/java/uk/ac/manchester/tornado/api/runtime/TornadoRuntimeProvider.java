package uk.ac.manchester.tornado.api.runtime;

import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.TornadoSetting;

/** Static access to the runtime behind the API and to its properties. */
public class TornadoRuntimeProvider {
    private static final TornadoRuntime RUNTIME = TornadoAPIProvider.loadTornadoRuntimeImpl();
    private static final TornadoSetting SETTING = TornadoAPIProvider.loadTornadoImpl();

    /** Makes an object without use: the class only holds static methods. */
    public TornadoRuntimeProvider() {}

    /** {@return the runtime} */
    public static TornadoRuntime getTornadoRuntime() {
        return RUNTIME;
    }

    /** Sets a {@code tornado.*} property. */
    public static void setProperty(String key, String value) {
        SETTING.setTornadoProperty(key, value);
    }

    /** {@return a {@code tornado.*} property, null if it is not set} */
    public static @Nullable String getProperty(String key) {
        return SETTING.getTornadoProperty(key);
    }

    /** {@return a {@code tornado.*} property, {@code value} if it is not set} */
    public static String getProperty(String key, String value) {
        return SETTING.getTornadoProperty(key, value);
    }

    /** Reads properties from a file. */
    public static void loadSettings(String property) {
        SETTING.loadTornadoProperty(property);
    }

    /** {@return whether executions are measured by default} */
    public static boolean isProfilerEnabled() {
        return RUNTIME.isProfilerEnabled();
    }

    /** {@return whether power is measured} */
    public static boolean isPowerMonitoringEnabled() {
        return RUNTIME.isPowerMonitoringEnabled();
    }
}
