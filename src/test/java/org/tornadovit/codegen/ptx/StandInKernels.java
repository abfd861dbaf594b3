package org.tornadovit.codegen.ptx;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.Map;
import org.tornadovit.device.NativeCall;

/**
 * Runs the kernels of the driver that stands in for NVIDIA's, in a process whose {@code
 * libcuda.so.1} it is.
 */
public final class StandInKernels extends Machine {
    /** Allocations of the stand-in have numbers from here on; others are constants of kernels. */
    private static final long FIRST_NUMBER = 1 << 20;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup DRIVER =
            SymbolLookup.libraryLookup("libcuda.so.1", Arena.global());
    private static final MethodHandle MEMORY =
            function("standInMemory", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, ADDRESS));
    private static final MethodHandle SET =
            function("standInSetInterpreter", FunctionDescriptor.ofVoid(ADDRESS));
    private static final MethodHandle LIVE =
            function("standInLive", FunctionDescriptor.of(JAVA_INT));
    private static final MethodHandle LAUNCHES =
            function("standInLaunches", FunctionDescriptor.of(JAVA_INT));
    private static final MethodHandle LOSE =
            function("standInLose", FunctionDescriptor.ofVoid(JAVA_INT));

    private final Map<String, PtxModule> modules = new HashMap<>();
    private final Map<Long, MemorySegment> memories = new HashMap<>();

    private StandInKernels() {}

    /** Has the driver run kernels instruction by instruction. */
    public static void install() {
        try {
            MethodHandle run =
                    MethodHandles.lookup()
                            .bind(
                                    new StandInKernels(),
                                    "run",
                                    MethodType.methodType(
                                            int.class,
                                            MemorySegment.class,
                                            MemorySegment.class,
                                            MemorySegment.class,
                                            MemorySegment.class));
            MemorySegment stub =
                    LINKER.upcallStub(
                            run,
                            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS),
                            Arena.global());
            NativeCall.of(() -> {
                SET.invokeExact(stub);
                return 0;
            });
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return how many things of the driver were made and not released} */
    public static int live() {
        return NativeCall.of(() -> (int) LIVE.invokeExact());
    }

    /** {@return how many kernels ran} */
    public static int launches() {
        return NativeCall.of(() -> (int) LAUNCHES.invokeExact());
    }

    /** Has every call answer with a result from now on; with 0 all is well again. */
    public static void lose(int result) {
        NativeCall.of(() -> {
            LOSE.invokeExact(result);
            return 0;
        });
    }

    private static MethodHandle function(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(DRIVER.findOrThrow(name), type);
    }

    /** Runs a kernel; {@return 0 when it ran} */
    private synchronized int run(
            MemorySegment text, MemorySegment entry, MemorySegment groups, MemorySegment values) {
        try {
            memories.clear();
            PtxModule module = modules.computeIfAbsent(string(text), t -> new PtxModule(t, this));
            int[] sizes = groups.reinterpret(6L * Integer.BYTES).toArray(JAVA_INT);
            int count = module.parameterSizes().size();
            long[] arguments = values.reinterpret((long) count * Long.BYTES).toArray(JAVA_LONG);
            int[] group = {sizes[3], sizes[4], sizes[5]};
            int[] global = {sizes[0] * sizes[3], sizes[1] * sizes[4], sizes[2] * sizes[5]};
            module.run(arguments, global, group);
            return 0;
        } catch (RuntimeException e) {
            System.err.println("kernel " + string(entry) + ": " + e.getMessage());
            return 1;
        }
    }

    private static String string(MemorySegment text) {
        return text.reinterpret(Long.MAX_VALUE).getString(0);
    }

    @Override
    MemorySegment at(long address) {
        long number = address >> NUMBER;
        return number < FIRST_NUMBER
                ? super.at(address)
                : memories.computeIfAbsent(number, StandInKernels::memory);
    }

    private static MemorySegment memory(long number) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(JAVA_LONG);
            long address = NativeCall.of(() -> (long) MEMORY.invokeExact(number, size));
            if (address == 0) {
                throw new IllegalStateException("no memory of number " + number);
            }
            return MemorySegment.ofAddress(address).reinterpret(size.get(JAVA_LONG, 0));
        }
    }
}
