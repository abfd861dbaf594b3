package org.tornadovit.device.cuda;

import java.util.Optional;
import org.tornadovit.device.DeviceException;

/** A function of the CUDA driver failed. */
final class CudaException extends DeviceException {
    private final int number;

    CudaException(String function, int number) {
        this(function, number, Result.of(number));
    }

    private CudaException(String function, int number, Optional<Result> result) {
        super(
                "The CUDA driver refused %s: %s (%d)%s."
                        .formatted(
                                function,
                                result.map(r -> "CUDA_ERROR_" + r).orElse("unknown result"),
                                number,
                                result.map(r -> "; " + r.meaning()).orElse("")));
        this.number = number;
    }

    /** {@return whether this was the result} */
    boolean is(Result wanted) {
        return number == wanted.number();
    }
}
