package org.tornadovit.device.cpu;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.tornadovit.device.LargePages;
import org.tornadovit.device.NativeCall;

/**
 * The C heap. Unlike arenas it knows no limit but the machine's, hands out large blocks without
 * touching them and takes them back without stopping other threads.
 */
final class NativeHeap {
    private static final MethodHandle CALLOC =
            handle(
                    "calloc",
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
    private static final MethodHandle FREE =
            handle("free", FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG));

    private NativeHeap() {}

    private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), descriptor);
    }

    /** {@return the address of zeroed memory, or 0 when there is none left} */
    static long allocate(long bytes) {
        long address = NativeCall.of(() -> (long) CALLOC.invokeExact(1L, bytes));
        LargePages.wish(address, bytes);
        return address;
    }

    static void free(long address) {
        NativeCall.of(() -> {
            FREE.invokeExact(address);
            return true;
        });
    }
}
