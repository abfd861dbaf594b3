package org.tornadovit.device;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** Pages of a size that the processor finds faster, for large blocks of memory. */
public final class LargePages {
    /** Blocks from this size gain: they hold a large page wherever they begin. */
    public static final long LEAST = 4L << 20;

    /** A multiple of every usual page size. */
    private static final long PAGE = 1L << 16;

    private static final int MADV_HUGEPAGE = 14;
    private static final Optional<MethodHandle> MADVISE = advice();

    private LargePages() {}

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

    /**
     * Asks the system for large pages under a block that nobody has touched yet. Only a wish:
     * nothing depends on what the system makes of it.
     */
    public static void wish(long address, long bytes) {
        if (bytes >= LEAST && address != 0) {
            MADVISE.ifPresent(advise -> wish(advise, address, bytes));
        }
    }

    private static void wish(MethodHandle advise, long address, long bytes) {
        long start = (address + PAGE - 1) & -PAGE;
        long end = (address + bytes) & -PAGE;
        NativeCall.of(() -> (int) advise.invokeExact(start, end - start, MADV_HUGEPAGE));
    }
}
