package org.tornadovit.runtime;

import org.tornadovit.codegen.Contraction;
import org.tornadovit.codegen.JvmVector;
import org.tornadovit.codegen.OpenClC;
import org.tornadovit.codegen.Ptx;
import org.tornadovit.codegen.Renderer;
import org.tornadovit.codegen.Spirv;
import org.tornadovit.codegen.ptx.Architecture;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.FpgaVendor;

/** The language that each kind of device takes. */
final class Renderers {
    private Renderers() {}

    /** {@return the renderer for a device; {@code none} takes OpenCL C} */
    static Renderer of(DeviceInfo info) {
        Contraction contraction = Targets.isStrict() ? Contraction.FORBIDDEN : Contraction.ALLOWED;
        return switch (info.backend()) {
            case JVM -> new JvmVector(info.vectorBits());
            case OPENCL, NONE -> new OpenClC(info.features(), contraction);
            case SPIRV, LEVELZERO -> new Spirv(info.features(), contraction);
            case FPGA ->
                    new OpenClC(
                            info.features(),
                            contraction,
                            FpgaVendor.of(info).orElse(FpgaVendor.INTEL));
            case CUDA -> new Ptx(Architecture.of(info.language()), info.features(), contraction);
        };
    }
}
