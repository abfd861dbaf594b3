package org.tornadovit.runtime;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tornadovit.frontend.Binding;
import org.tornadovit.frontend.KernelMethod;
import org.tornadovit.frontend.Source;
import org.tornadovit.frontend.Translation;
import org.tornadovit.frontend.Translator;

/**
 * Translated methods, each translated once for the same kinds of arguments. Thread-safe.
 *
 * <p>Methods that are given objects are translated anew, since what they read may differ.
 */
final class Translations {
    private static final Map<Key, Translation> KNOWN = new ConcurrentHashMap<>();

    private Translations() {}

    private record Key(KernelMethod method, List<Binding> bindings, Storage storage) {
        Translation translation() {
            return translate(method, bindings, storage, Set.of());
        }
    }

    /** {@return the kernel of a task's method when other tasks assign fields that it reads} */
    static Translation of(TaskDefinition.OfMethod task, Storage storage, Set<Source> assigned) {
        List<Binding> bindings = task.method().bindings(task.arguments());
        return translate(task.method(), bindings, storage, assigned);
    }

    /** {@return the kernel of a task's method} */
    static Translation of(TaskDefinition.OfMethod task, Storage storage) {
        List<Binding> bindings = task.method().bindings(task.arguments());
        if (bindings.stream().anyMatch(b -> b instanceof Binding.OfObject)) {
            return translate(task.method(), bindings, storage, Set.of());
        }
        // captured values are arguments: the method alone decides the translation
        KernelMethod method = KernelMethod.of(task.method().method());
        return KNOWN.computeIfAbsent(new Key(method, bindings, storage), Key::translation);
    }

    private static Translation translate(
            KernelMethod method, List<Binding> bindings, Storage storage, Set<Source> assigned) {
        Translation wide = Translator.translate(method, bindings, assigned);
        return new Translation(storage.kernel(wide.kernel()), wide.sources());
    }
}
