package org.tornadovit.device.cuda;

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

/** The CUDA driver of the system. */
final class Library {
    private static final List<String> NAMES =
            List.of(
                    "libcuda.so.1",
                    "libcuda.so",
                    "/usr/local/nvidia/lib64/libcuda.so.1",
                    "/usr/lib/wsl/lib/libcuda.so.1",
                    "nvcuda.dll");
    private static final Optional<SymbolLookup> LOADED =
            NAMES.stream().flatMap(name -> load(name).stream()).findFirst();

    private Library() {}

    /** {@return whether the system has a driver} */
    static boolean isPresent() {
        return LOADED.isPresent();
    }

    /** {@return the function of that name, which returns a result; only when there is a driver} */
    static MethodHandle function(String name, MemoryLayout... parameters) {
        return Linker.nativeLinker()
                .downcallHandle(
                        LOADED.orElseThrow().findOrThrow(name),
                        FunctionDescriptor.of(JAVA_INT, parameters));
    }

    /**
     * Calls a function.
     *
     * @throws CudaException when its result is not success
     */
    static void call(String function, NativeCall<Integer, Throwable> call) {
        int result = NativeCall.of(call);
        if (result != 0) {
            throw new CudaException(function, result);
        }
    }

    /**
     * Calls a function that releases something; what a lost device held is released with it.
     *
     * @throws CudaException when its result is not success and the device is not lost
     */
    static void release(String function, NativeCall<Integer, Throwable> call) {
        int result = NativeCall.of(call);
        if (result != 0 && !Result.of(result).map(Result::isEnd).orElse(false)) {
            throw new CudaException(function, result);
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
