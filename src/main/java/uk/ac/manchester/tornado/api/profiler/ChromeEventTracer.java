package uk.ac.manchester.tornado.api.profiler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Collects events for Chrome's trace viewer and writes them when the program ends.
 *
 * <p>Off unless {@code -Dtornado.chrome.event.tracer.enabled=true}; the file is named by {@code
 * -Dtornado.chrome.event.tracer.filename}.
 */
public class ChromeEventTracer {
    /** The property that names the file. */
    public static final String CHROME_EVENT_TRACER_FILENAME_KEY =
            "tornado.chrome.event.tracer.filename";

    /** The file's name if none is given. */
    public static final String CHROME_EVENT_TRACER_FILENAME = "chrome.json";

    /** The property that turns tracing on. */
    public static final String CHROME_EVENT_TRACER_ENABLED_KEY =
            "tornado.chrome.event.tracer.enabled";

    /** The events so far. */
    public static final ChromeEventJSonWriter json = new ChromeEventJSonWriter();

    private static final boolean ENABLED = isChromeEventTracerEnabled();

    static {
        if (ENABLED) {
            Runtime.getRuntime().addShutdownHook(new Thread(ChromeEventTracer::save));
        }
    }

    /** Makes an object without use: the class only holds static methods. */
    public ChromeEventTracer() {}

    /**
     * Makes what is to be traced.
     *
     * @param <T> its type
     */
    public interface Builder<T> {
        /** {@return what was made} */
        T build();
    }

    /** {@return a tracer} */
    public static ChromeEventTracer create() {
        return new ChromeEventTracer();
    }

    /** {@return the name of the file} */
    public static String getChromeEventTracerFileName() {
        return System.getProperty(CHROME_EVENT_TRACER_FILENAME_KEY, CHROME_EVENT_TRACER_FILENAME);
    }

    /** {@return whether the property turns tracing on} */
    public static boolean isChromeEventTracerEnabled() {
        return Boolean.getBoolean(CHROME_EVENT_TRACER_ENABLED_KEY);
    }

    /** {@return whether tracing was on when the program started} */
    public static boolean isEnabled() {
        return ENABLED;
    }

    private static void save() {
        synchronized (json) {
            try {
                Files.writeString(
                        Path.of(getChromeEventTracerFileName()), json.csqbrace().toString());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write the trace", e);
            }
        }
    }

    private static void event(
            String name, String category, long startNs, long endNs, JSonWriter.ContentWriter cw) {
        synchronized (json) {
            json.x(name, category, startNs, endNs, cw);
        }
    }

    /** Records a transfer to the device. */
    public static void enqueueWriteIfEnabled(String tag, long bytes, long startNs, long endNs) {
        if (ENABLED) {
            event(tag, "write", startNs, endNs, w -> w.key("bytes").append(bytes));
        }
    }

    /** Records a transfer to the host. */
    public static void enqueueReadIfEnabled(String tag, long bytes, long startNs, long endNs) {
        if (ENABLED) {
            event(tag, "read", startNs, endNs, w -> w.key("bytes").append(bytes));
        }
    }

    /** Records a kernel. */
    public static void enqueueNDRangeKernelIfEnabled(String tag, long startNs, long endNs) {
        if (ENABLED) {
            event(tag, "kernel", startNs, endNs, w -> {});
        }
    }

    /** Records a task. */
    public static void enqueueTaskIfEnabled(String tag, long startNs, long endNs) {
        if (ENABLED) {
            event(tag, "task", startNs, endNs, w -> {});
        }
    }

    /** Records the four times of an OpenCL event. */
    public static void opencltimes(
            int localId,
            long queuedNs,
            long submitNs,
            long startNs,
            long endNs,
            Map<String, ?> meta) {
        if (ENABLED) {
            event(
                    "opencl " + localId,
                    "opencl",
                    queuedNs,
                    endNs,
                    w -> {
                        w.key("submit").append(submitNs);
                        w.key("start").append(startNs);
                        meta.forEach((key, value) -> w.key(key).quote(String.valueOf(value)));
                    });
        }
    }

    /** Runs something and records how long it took. */
    public static void trace(String tag, Runnable r) {
        long start = System.nanoTime();
        r.run();
        enqueueTaskIfEnabled(tag, start, System.nanoTime());
    }

    /** {@return what a builder makes, recording how long it took} */
    public static <T> T trace(String tag, Builder<T> b) {
        long start = System.nanoTime();
        T result = b.build();
        enqueueTaskIfEnabled(tag, start, System.nanoTime());
        return result;
    }
}
