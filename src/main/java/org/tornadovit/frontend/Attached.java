package org.tornadovit.frontend;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Values that belong to objects, each under a key, as long as the objects live. Objects compare by
 * identity. The values must not refer to their objects. Thread-safe.
 */
final class Attached<K, V> {
    private final Map<Owner, Map<K, V>> values = new HashMap<>();
    private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

    private static final class Owner extends WeakReference<Object> {
        private final int hash;

        Owner(Object object, ReferenceQueue<Object> gone) {
            super(object, gone);
            this.hash = System.identityHashCode(object);
        }

        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof Owner o && get() != null && o.refersTo(get());
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /** {@return the value that {@code change} makes of the present one, which takes its place} */
    synchronized V update(Object owner, K key, Function<Optional<V>, V> change) {
        for (Reference<?> r = gone.poll(); r != null; r = gone.poll()) {
            values.remove(r);
        }
        Map<K, V> own = values.computeIfAbsent(new Owner(owner, gone), _ -> new HashMap<>());
        V now = change.apply(Optional.ofNullable(own.get(key)));
        own.put(key, now);
        return now;
    }
}
