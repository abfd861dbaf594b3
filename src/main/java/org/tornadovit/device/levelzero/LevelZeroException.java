package org.tornadovit.device.levelzero;

import java.util.Map;
import org.tornadovit.device.DeviceException;

/** A function of the Level Zero driver failed. */
final class LevelZeroException extends DeviceException {
    private static final int DEVICE_LOST = 0x70000001;
    private static final int OUT_OF_HOST_MEMORY = 0x70000002;
    private static final int OUT_OF_DEVICE_MEMORY = 0x70000003;
    private static final int UNINITIALIZED = 0x78000001;
    private static final int UNSUPPORTED_SIZE = 0x78000009;

    private static final Map<Integer, String> SYMBOLS =
            Map.ofEntries(
                    Map.entry(1, "ZE_RESULT_NOT_READY"),
                    Map.entry(DEVICE_LOST, "ZE_RESULT_ERROR_DEVICE_LOST"),
                    Map.entry(OUT_OF_HOST_MEMORY, "ZE_RESULT_ERROR_OUT_OF_HOST_MEMORY"),
                    Map.entry(OUT_OF_DEVICE_MEMORY, "ZE_RESULT_ERROR_OUT_OF_DEVICE_MEMORY"),
                    Map.entry(0x70000004, "ZE_RESULT_ERROR_MODULE_BUILD_FAILURE"),
                    Map.entry(0x70000006, "ZE_RESULT_ERROR_DEVICE_REQUIRES_RESET"),
                    Map.entry(0x70010000, "ZE_RESULT_ERROR_INSUFFICIENT_PERMISSIONS"),
                    Map.entry(0x70010001, "ZE_RESULT_ERROR_NOT_AVAILABLE"),
                    Map.entry(0x70020000, "ZE_RESULT_ERROR_DEPENDENCY_UNAVAILABLE"),
                    Map.entry(UNINITIALIZED, "ZE_RESULT_ERROR_UNINITIALIZED"),
                    Map.entry(0x78000002, "ZE_RESULT_ERROR_UNSUPPORTED_VERSION"),
                    Map.entry(0x78000003, "ZE_RESULT_ERROR_UNSUPPORTED_FEATURE"),
                    Map.entry(0x78000004, "ZE_RESULT_ERROR_INVALID_ARGUMENT"),
                    Map.entry(0x78000005, "ZE_RESULT_ERROR_INVALID_NULL_HANDLE"),
                    Map.entry(0x78000007, "ZE_RESULT_ERROR_INVALID_NULL_POINTER"),
                    Map.entry(0x78000008, "ZE_RESULT_ERROR_INVALID_SIZE"),
                    Map.entry(UNSUPPORTED_SIZE, "ZE_RESULT_ERROR_UNSUPPORTED_SIZE"),
                    Map.entry(0x78000011, "ZE_RESULT_ERROR_INVALID_KERNEL_NAME"),
                    Map.entry(0x78000013, "ZE_RESULT_ERROR_INVALID_GROUP_SIZE_DIMENSION"),
                    Map.entry(0x78000015, "ZE_RESULT_ERROR_INVALID_KERNEL_ARGUMENT_INDEX"),
                    Map.entry(0x78000016, "ZE_RESULT_ERROR_INVALID_KERNEL_ARGUMENT_SIZE"),
                    Map.entry(0x7ffffffe, "ZE_RESULT_ERROR_UNKNOWN"));

    private final int result;

    LevelZeroException(String function, int result) {
        super(
                "The Level Zero driver refused %s: %s (0x%x)%s."
                        .formatted(
                                function,
                                SYMBOLS.getOrDefault(result, "unknown result"),
                                result,
                                result == DEVICE_LOST
                                        ? "; the device is lost: start the program again"
                                        : ""));
        this.result = result;
    }

    /** {@return whether there is nothing to talk to: a loader without drivers says so} */
    boolean isWithoutDriver() {
        return result == UNINITIALIZED;
    }

    /** {@return whether memory ran out} */
    boolean isOutOfMemory() {
        return result == OUT_OF_HOST_MEMORY
                || result == OUT_OF_DEVICE_MEMORY
                || result == UNSUPPORTED_SIZE;
    }
}
