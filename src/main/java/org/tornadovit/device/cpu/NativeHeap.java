package org.tornadovit.device.cpu;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
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

    /** Blocks from this size get pages of a size that the processor finds faster. */
    private static final long LARGE = 4L << 20;

    /** A multiple of every usual page size. */
    private static final long PAGE = 1L << 16;

    private static final int MADV_HUGEPAGE = 14;
    private static final Optional<MethodHandle> MADVISE = advice();

    private NativeHeap() {}

    private static Optional<MethodHandle> advice() {
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor descriptor =
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT);
        return System.getProperty("os.name").equals("Linux")
                ? linker.defaultLookup()
                        .find("madvise")
                        .map(function -> linker.downcallHandle(function, descriptor))
                : Optional.empty();
    }

    private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), descriptor);
    }

    /** {@return the address of zeroed memory, or 0 when there is none left} */
    static long allocate(long bytes) {
        long address = NativeCall.of(() -> (long) CALLOC.invokeExact(1L, bytes));
        if (bytes >= LARGE && address != 0) {
            MADVISE.ifPresent(advise -> wantLargePages(advise, address, bytes));
        }
        return address;
    }

    /** Only a wish: nothing depends on what the system makes of it. */
    private static void wantLargePages(MethodHandle advise, long address, long bytes) {
        long start = (address + PAGE - 1) & -PAGE;
        long end = (address + bytes) & -PAGE;
        NativeCall.of(() -> (int) advise.invokeExact(start, end - start, MADV_HUGEPAGE));
    }

    static void free(long address) {
        NativeCall.of(() -> {
            FREE.invokeExact(address);
            return true;
        });
    }
}
