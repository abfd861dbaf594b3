package uk.ac.manchester.tornado.api.profiler;

/** Writes events in the JSON form of Chrome's trace viewer. */
@SuppressWarnings("rawtypes") // the signature of TornadoVM
public class ChromeEventJSonWriter extends JSonWriter<ChromeEventJSonWriter> {
    ChromeEventJSonWriter() {
        osqbrace();
    }

    /**
     * Appends a complete event.
     *
     * @param startNs when it began, as {@link System#nanoTime()}
     * @param cw writes the event's arguments
     */
    public JSonWriter x(
            String name, String category, long startNs, long endNs, JSonWriter.ContentWriter cw) {
        commaIfNeeded();
        newlineIfNeeded();
        obrace().compact();
        key("ph").quote("X");
        key("name").quote(name);
        key("cat").quote(category);
        key("pid").append(ProcessHandle.current().pid());
        key("tid").append(Thread.currentThread().threadId());
        key("ts").append(startNs / 1000);
        key("dur").append((endNs - startNs) / 1000);
        key("args").obrace();
        cw.write(this);
        cbrace();
        return cbrace().nonCompact();
    }
}
