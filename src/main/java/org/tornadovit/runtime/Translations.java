package org.tornadovit.runtime;

import java.lang.foreign.MemorySegment;
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
        Key key = new Key(method, bindings, storage);
        Translation known = KNOWN.get(key);
        if (known != null) {
            return known;
        }
        Translation made = key.translation();
        return isLasting(made) ? KNOWN.computeIfAbsent(key, _ -> made) : made;
    }

    /** Sizes of what static fields refer to are part of a kernel, and may change. */
    private static boolean isLasting(Translation translation) {
        return translation.sources().stream().allMatch(Translations::isLasting);
    }

    private static boolean isLasting(Source source) {
        return switch (source) {
            case Source.OfStatic(var field) ->
                    !Object[].class.isAssignableFrom(field.getType())
                            && !MemorySegment.class.isAssignableFrom(field.getType());
            case Source.OfField(var owner, _) -> isLasting(owner);
            case Source.OfPart(var owner, _) -> isLasting(owner);
            case Source.OfStarts(var owner, _) -> isLasting(owner);
            case Source.Argument _, Source.OfTable _ -> true;
        };
    }

    private static Translation translate(
            KernelMethod method, List<Binding> bindings, Storage storage, Set<Source> assigned) {
        Translation wide = Translator.translate(method, bindings, assigned);
        return new Translation(storage.kernel(wide.kernel()), wide.sources(), wide.objects());
    }
}
