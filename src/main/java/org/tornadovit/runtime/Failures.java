package org.tornadovit.runtime;

import org.tornadovit.device.CompileException;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.OutOfMemoryException;
import org.tornadovit.frontend.UnsupportedKernelException;
import uk.ac.manchester.tornado.api.exceptions.TornadoBailoutRuntimeException;
import uk.ac.manchester.tornado.api.exceptions.TornadoCompilationException;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** The API's exceptions for what fails below it, with the failure as the cause. */
final class Failures {
    private Failures() {}

    /**
     * {@return the exception to throw}
     *
     * @param place the graph or task that failed
     */
    static RuntimeException of(String place, RuntimeException failure) {
        String message = place + ": " + failure.getMessage();
        return switch (failure) {
            case UnsupportedKernelException e -> new TornadoBailoutRuntimeException(message, e);
            case OutOfMemoryException e -> caused(new TornadoOutOfMemoryException(message), e);
            case CompileException e -> caused(new TornadoCompilationException(message), e);
            case DeviceException e -> caused(new TornadoRuntimeException(message), e);
            case IllegalArgumentException e -> new TornadoBailoutRuntimeException(message, e);
            case RuntimeException e -> e;
        };
    }

    private static RuntimeException caused(RuntimeException exception, Throwable cause) {
        exception.initCause(cause);
        return exception;
    }
}
