package org.tornadovit.runtime;

import java.util.List;
import org.tornadovit.device.CompileException;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.MissingFeatureException;
import org.tornadovit.device.OutOfMemoryException;
import org.tornadovit.frontend.UnsupportedKernelException;
import org.tornadovit.passes.UnsupportedBarrierException;
import uk.ac.manchester.tornado.api.exceptions.TornadoBailoutRuntimeException;
import uk.ac.manchester.tornado.api.exceptions.TornadoCompilationException;
import uk.ac.manchester.tornado.api.exceptions.TornadoDeviceFP16NotSupported;
import uk.ac.manchester.tornado.api.exceptions.TornadoDeviceFP64NotSupported;
import uk.ac.manchester.tornado.api.exceptions.TornadoDeviceFP8NotSupported;
import uk.ac.manchester.tornado.api.exceptions.TornadoDeviceMMANotSupported;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** The API's exceptions for what fails below it, with the failure as the cause. */
final class Failures {
    /** How the methods of KernelContext for matrix fragments begin. */
    private static final List<String> TENSOR_CORES = List.of("mma", "matrixMultiply8x8");

    private Failures() {}

    /**
     * {@return the exception to throw}
     *
     * @param place the graph or task that failed
     */
    static RuntimeException of(String place, RuntimeException failure) {
        String message = place + ": " + failure.getMessage();
        return switch (failure) {
            case UnsupportedKernelException e when isTensorCore(e) && isFp8(e) ->
                    caused(new TornadoDeviceFP8NotSupported(message), e);
            case UnsupportedKernelException e when isTensorCore(e) ->
                    caused(new TornadoDeviceMMANotSupported(message), e);
            case UnsupportedBarrierException e -> new TornadoBailoutRuntimeException(message, e);
            case UnsupportedKernelException e -> new TornadoBailoutRuntimeException(message, e);
            case MissingFeatureException e -> caused(missing(e.feature(), message), e);
            case OutOfMemoryException e -> caused(new TornadoOutOfMemoryException(message), e);
            case CompileException e -> caused(new TornadoCompilationException(message), e);
            case DeviceException e -> caused(new TornadoRuntimeException(message), e);
            case IllegalArgumentException e -> new TornadoBailoutRuntimeException(message, e);
            case RuntimeException e -> e;
        };
    }

    /** Whether a kernel asks for matrix fragments in a way that no device of this runtime has. */
    private static boolean isTensorCore(UnsupportedKernelException failure) {
        String construct = failure.construct();
        return TENSOR_CORES.stream().anyMatch(name -> construct.contains("." + name));
    }

    private static boolean isFp8(UnsupportedKernelException failure) {
        return failure.construct().contains("FP8");
    }

    private static RuntimeException missing(DeviceInfo.Feature feature, String message) {
        return switch (feature) {
            case FP16 -> new TornadoDeviceFP16NotSupported(message);
            case FP64 -> new TornadoDeviceFP64NotSupported(message);
            case ATOMIC64, IL -> new TornadoRuntimeException(message);
        };
    }

    private static RuntimeException caused(RuntimeException exception, Throwable cause) {
        exception.initCause(cause);
        return exception;
    }
}
