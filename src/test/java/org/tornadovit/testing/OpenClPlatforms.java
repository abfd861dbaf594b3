package org.tornadovit.testing;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks the OpenCL loader for platforms with a device; three functions and no more. */
final class OpenClPlatforms {
    private static final int PLATFORM_NAME = 0x0902;
    private static final long ALL_DEVICES = 0xFFFFFFFFL;

    private OpenClPlatforms() {}

    /** {@return the platforms that have a device, as words, or nothing when there is none} */
    static Optional<String> describe() {
        try (Arena arena = Arena.ofConfined()) {
            SymbolLookup library = SymbolLookup.libraryLookup("libOpenCL.so.1", arena);
            List<String> names = withDevices(library, arena);
            return names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names));
        } catch (IllegalArgumentException noLibrary) {
            return Optional.empty();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("Asking the OpenCL loader failed: " + e, e);
        }
    }

    private static List<String> withDevices(SymbolLookup library, Arena arena) throws Throwable {
        MethodHandle platformIds = function(library, "clGetPlatformIDs", JAVA_INT);
        MemorySegment count = arena.allocate(JAVA_INT);
        int status = (int) platformIds.invokeExact(0, MemorySegment.NULL, count);
        int platforms = status == 0 ? count.get(JAVA_INT, 0) : 0; // the loader says -1001 for none
        if (platforms == 0) {
            return List.of();
        }
        MemorySegment ids = arena.allocate(ADDRESS, platforms);
        status = (int) platformIds.invokeExact(platforms, ids, MemorySegment.NULL);
        List<String> names = new ArrayList<>();
        for (int p = 0; status == 0 && p < platforms; p++) {
            MemorySegment platform = ids.getAtIndex(ADDRESS, p);
            if (devices(library, platform, count) > 0) {
                names.add(name(library, platform, arena));
            }
        }
        return names;
    }

    private static int devices(SymbolLookup library, MemorySegment platform, MemorySegment count)
            throws Throwable {
        MethodHandle deviceIds =
                Linker.nativeLinker()
                        .downcallHandle(
                                library.findOrThrow("clGetDeviceIDs"),
                                FunctionDescriptor.of(
                                        JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS));
        int status =
                (int) deviceIds.invokeExact(platform, ALL_DEVICES, 0, MemorySegment.NULL, count);
        return status == 0 ? count.get(JAVA_INT, 0) : 0;
    }

    private static String name(SymbolLookup library, MemorySegment platform, Arena arena)
            throws Throwable {
        MethodHandle info =
                Linker.nativeLinker()
                        .downcallHandle(
                                library.findOrThrow("clGetPlatformInfo"),
                                FunctionDescriptor.of(
                                        JAVA_INT, ADDRESS, JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS));
        MemorySegment text = arena.allocate(256);
        int status =
                (int) info.invokeExact(platform, PLATFORM_NAME, 256L, text, MemorySegment.NULL);
        return status == 0 ? text.getString(0) : "unnamed platform";
    }

    private static MethodHandle function(
            SymbolLookup library, String name, java.lang.foreign.MemoryLayout first) {
        return Linker.nativeLinker()
                .downcallHandle(
                        library.findOrThrow(name),
                        FunctionDescriptor.of(JAVA_INT, first, ADDRESS, ADDRESS));
    }
}
