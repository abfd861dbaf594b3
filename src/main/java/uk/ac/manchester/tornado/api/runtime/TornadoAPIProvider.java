package uk.ac.manchester.tornado.api.runtime;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.TornadoSetting;
import uk.ac.manchester.tornado.api.TornadoTaskGraphInterface;
import uk.ac.manchester.tornado.api.exceptions.TornadoAPIException;

/**
 * The seam between the API and the runtime behind it: three system properties name the runtime's
 * classes, each with a public constructor; the defaults are this project's own.
 */
public class TornadoAPIProvider {
    private static final String GRAPH = "tornado.load.api.implementation";
    private static final String RUNTIME = "tornado.load.runtime.implementation";
    private static final String SETTING = "tornado.load.tornado.implementation";
    private static final String DEFAULT_GRAPH = "org.tornadovit.runtime.GraphRuntime";
    private static final String DEFAULT_RUNTIME = "org.tornadovit.runtime.Machine";
    private static final String DEFAULT_SETTING = "org.tornadovit.runtime.Settings";
    private static final ConcurrentHashMap<String, Constructor<?>> CONSTRUCTORS =
            new ConcurrentHashMap<>();

    /** Makes an object without use: the class only holds static methods. */
    public TornadoAPIProvider() {}

    /**
     * {@return the runtime's side of a new task graph}
     *
     * @throws TornadoAPIException if the class that {@code tornado.load.api.implementation} names
     *     is absent or fails
     */
    public static TornadoTaskGraphInterface loadScheduleRuntime(String name) {
        return load(GRAPH, DEFAULT_GRAPH, TornadoTaskGraphInterface.class, name);
    }

    /**
     * {@return the runtime}
     *
     * @throws TornadoAPIException if the class that {@code tornado.load.runtime.implementation}
     *     names is absent or fails
     */
    public static TornadoRuntime loadTornadoRuntimeImpl() {
        return load(RUNTIME, DEFAULT_RUNTIME, TornadoRuntime.class);
    }

    /**
     * {@return the runtime's property store}
     *
     * @throws TornadoAPIException if the class that {@code tornado.load.tornado.implementation}
     *     names is absent or fails
     */
    public static TornadoSetting loadTornadoImpl() {
        return load(SETTING, DEFAULT_SETTING, TornadoSetting.class);
    }

    private static <T> T load(
            String property, String standard, Class<T> type, String... arguments) {
        String className = System.getProperty(property, standard);
        String key = className + "/" + arguments.length;
        Constructor<?> constructor =
                CONSTRUCTORS.computeIfAbsent(
                        key, k -> constructor(property, className, arguments.length));
        try {
            return type.cast(constructor.newInstance((Object[]) arguments));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failure(property, className, "its constructor failed", e);
        } catch (ClassCastException | ReflectiveOperationException e) {
            throw failure(property, className, "it is no " + type.getSimpleName(), e);
        }
    }

    private static Constructor<?> constructor(String property, String className, int count) {
        Class<?>[] parameters = new Class<?>[count];
        Arrays.fill(parameters, String.class);
        try {
            Class<?> type = Class.forName(className, true, loader());
            return type.getConstructor(parameters);
        } catch (ClassNotFoundException e) {
            throw failure(property, className, "it is not on the class path", e);
        } catch (NoSuchMethodException e) {
            throw failure(property, className, "it lacks the public constructor", e);
        }
    }

    private static ClassLoader loader() {
        ClassLoader own = TornadoAPIProvider.class.getClassLoader();
        return own == null ? ClassLoader.getSystemClassLoader() : own;
    }

    private static TornadoAPIException failure(
            String property, String className, String why, Exception cause) {
        return new TornadoAPIException(
                "cannot load the runtime class "
                        + className
                        + " ("
                        + why
                        + "); put a runtime on the"
                        + " class path or name another one with -D"
                        + property
                        + "=CLASS",
                cause);
    }
}
