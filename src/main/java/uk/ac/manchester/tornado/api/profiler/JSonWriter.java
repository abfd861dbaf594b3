package uk.ac.manchester.tornado.api.profiler;

import java.util.ArrayDeque;
import java.util.Locale;

/**
 * A builder of indented JSON text, for profiles and traces.
 *
 * @param <T> the type the calls return, so that subclasses chain
 */
@SuppressWarnings("rawtypes") // the signature of TornadoVM
public class JSonWriter<T extends JSonWriter> {
    /** Microseconds since 1970 at the start of the program, from which trace times count. */
    public static final long EPOCH_US = System.currentTimeMillis() * 1000;

    private final StringBuilder text = new StringBuilder();
    private final ArrayDeque<State> states = new ArrayDeque<>();
    private State state = State.START;
    private boolean compact;
    private int indent;

    JSonWriter() {}

    /** Where the writer is. */
    enum State {
        /** Before the first item of a scope. */
        START,
        /** After an item. */
        ITEM,
        /** After a key. */
        KEY
    }

    /** Writes the content of a scope. */
    interface ContentWriter {
        /** Writes to the scope that has been opened. */
        void write(JSonWriter<?> writer);
    }

    @SuppressWarnings("unchecked")
    private T self() {
        return (T) this;
    }

    /** Appends another writer's text. */
    protected T append(JSonWriter json) {
        return append(json.toString());
    }

    /** Appends raw text. */
    protected T append(String s) {
        text.append(s);
        return self();
    }

    /** Appends raw text. */
    protected T append(StringBuilder sb) {
        text.append(sb);
        return self();
    }

    /** Appends a number. */
    protected T append(int value) {
        text.append(value);
        return state(State.ITEM);
    }

    /** Appends a number. */
    protected T append(long value) {
        text.append(value);
        return state(State.ITEM);
    }

    /** Appends a number; JSON has none that is not finite, which becomes null. */
    protected T append(float value) {
        append(Float.isFinite(value) ? Float.toString(value) : "null");
        return state(State.ITEM);
    }

    /** Appends a number; JSON has none that is not finite, which becomes null. */
    protected T append(double value) {
        append(Double.isFinite(value) ? Double.toString(value) : "null");
        return state(State.ITEM);
    }

    /** Appends a string with its quotes and escapes. */
    protected T quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ') {
                text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
        return state(State.ITEM);
    }

    /** Appends a key with its colon. */
    protected T key(String k) {
        commaIfNeeded();
        newlineIfNeeded();
        quote(k);
        return colon();
    }

    /** Appends a colon. */
    protected T colon() {
        text.append(": ");
        return state(State.KEY);
    }

    /** Appends a comma between two items. */
    protected T commaIfNeeded() {
        if (state == State.ITEM) {
            text.append(',');
        }
        return self();
    }

    /** Starts a line. */
    protected T newline() {
        text.append('\n').repeat("  ", indent);
        return self();
    }

    /** Starts a line unless the text is compact. */
    protected T newlineIfNeeded() {
        return compact ? self() : newline();
    }

    /** Writes no more lines. */
    protected T compact() {
        compact = true;
        return self();
    }

    /** Writes lines. */
    protected T nonCompact() {
        compact = false;
        return self();
    }

    /** Goes one scope in. */
    protected T incScope() {
        states.push(state);
        indent++;
        return state(State.START);
    }

    /** Goes one scope out. */
    protected T decScope() {
        states.pop();
        indent--;
        return state(State.ITEM);
    }

    /** Opens an object. */
    protected T obrace() {
        text.append('{');
        return incScope();
    }

    /** Closes an object. */
    protected T cbrace() {
        decScope();
        newlineIfNeeded();
        text.append('}');
        return self();
    }

    /** Opens an array. */
    protected T osqbrace() {
        text.append('[');
        return incScope();
    }

    /** Closes an array. */
    protected T csqbrace() {
        decScope();
        newlineIfNeeded();
        text.append(']');
        return self();
    }

    /** Says where the writer is. */
    protected T state(State newState) {
        state = newState;
        return self();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
