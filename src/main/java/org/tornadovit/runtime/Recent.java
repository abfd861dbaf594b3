package org.tornadovit.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What was computed lately, by key: the least recently used is forgotten first. Thread-safe; a
 * value is computed by one thread at a time.
 */
final class Recent<K, V> {
    private final Map<K, V> values;

    /**
     * Remembers nothing yet.
     *
     * @param most number of values to remember
     */
    Recent(int most) {
        values =
                new LinkedHashMap<>(16, 0.75f, true) {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                        return size() > most;
                    }
                };
    }

    /** {@return what is known of a key, or what is now computed} */
    synchronized V get(K key, Supplier<V> computation) {
        V known = values.get(key);
        if (known == null) {
            known = computation.get();
            values.put(key, known);
        }
        return known;
    }
}
