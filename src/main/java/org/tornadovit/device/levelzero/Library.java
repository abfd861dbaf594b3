package org.tornadovit.device.levelzero;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;
import org.tornadovit.device.NativeCall;

/** The Level Zero loader of the system. */
final class Library {
    private static final List<String> NAMES =
            List.of("libze_loader.so.1", "libze_loader.so", "ze_loader.dll");
    private static final Optional<SymbolLookup> LOADED =
            NAMES.stream().flatMap(name -> load(name).stream()).findFirst();

    private Library() {}

    /** {@return whether the system has a Level Zero loader} */
    static boolean isPresent() {
        return LOADED.isPresent();
    }

    /** {@return the function of that name, which returns a result; only when there is a loader} */
    static MethodHandle function(String name, MemoryLayout... parameters) {
        return Linker.nativeLinker()
                .downcallHandle(
                        LOADED.orElseThrow().findOrThrow(name),
                        FunctionDescriptor.of(JAVA_INT, parameters));
    }

    /**
     * Calls a function.
     *
     * @throws LevelZeroException when its result is not success
     */
    static void call(String function, NativeCall<Integer, Throwable> call) {
        int result = NativeCall.of(call);
        if (result != 0) {
            throw new LevelZeroException(function, result);
        }
    }

    private static Optional<SymbolLookup> load(String name) {
        try {
            return Optional.of(SymbolLookup.libraryLookup(name, Arena.global()));
        } catch (IllegalArgumentException absent) {
            return Optional.empty();
        }
    }
}
