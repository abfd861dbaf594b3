package org.tornadovit.codegen;

import java.util.Optional;
import org.tornadovit.device.Code;
import org.tornadovit.device.Range;
import org.tornadovit.ir.Kernel;

/** Writes kernels in the language of one kind of device. Thread-safe. */
public interface Renderer {
    /**
     * {@return the code of a kernel; equal for equal kernels}
     *
     * @throws IllegalArgumentException when the kernel is not ready to be rendered (an array length
     *     that is no constant, vectors that are too wide)
     * @throws org.tornadovit.device.DeviceException when the device cannot do what the kernel needs
     */
    Code render(Kernel kernel);

    /**
     * {@return the code of a kernel that will run with these work-items and no others}
     *
     * <p>Knowing them can make better code; it need not.
     *
     * @param range the work-items
     */
    default Code render(Kernel kernel, Range range) {
        return render(kernel);
    }

    /**
     * {@return a renderer that also takes kernels whose code the device runs slowly because it is
     * long; empty when length makes no difference}
     */
    default Optional<Renderer> patient() {
        return Optional.empty();
    }
}
