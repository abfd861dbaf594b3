package org.tornadovit.device.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/** The OpenCL loader of the system. */
final class Library {
    private static final List<String> NAMES =
            List.of(
                    "libOpenCL.so.1",
                    "libOpenCL.so",
                    "OpenCL.dll",
                    "/System/Library/Frameworks/OpenCL.framework/OpenCL");
    private static final Optional<SymbolLookup> LOADED =
            NAMES.stream().flatMap(name -> load(name).stream()).findFirst();

    private Library() {}

    /** {@return whether the system has an OpenCL loader} */
    static boolean isPresent() {
        return LOADED.isPresent();
    }

    /** {@return the function of that name; only when the loader {@link #isPresent}} */
    static MethodHandle function(String name, MemoryLayout result, MemoryLayout... parameters) {
        return Linker.nativeLinker()
                .downcallHandle(
                        LOADED.orElseThrow().findOrThrow(name),
                        FunctionDescriptor.of(result, parameters));
    }

    private static Optional<SymbolLookup> load(String name) {
        try {
            return Optional.of(SymbolLookup.libraryLookup(name, Arena.global()));
        } catch (IllegalArgumentException absent) {
            return Optional.empty();
        }
    }
}
