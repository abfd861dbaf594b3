package org.tornadovit.codegen;

import java.util.Optional;
import java.util.Set;
import org.tornadovit.codegen.spirv.Hint;
import org.tornadovit.codegen.spirv.KernelModule;
import org.tornadovit.codegen.spirv.Listing;
import org.tornadovit.device.Code;
import org.tornadovit.device.DeviceInfo.Feature;
import org.tornadovit.device.Range;
import org.tornadovit.ir.Kernel;

/**
 * Writes kernels as SPIR-V 1.0 for OpenCL and Level Zero: addresses of 64 bits, instructions of
 * OpenCL.std.
 *
 * <p>Entry, arguments, launches and meaning are those of {@link OpenClC}.
 */
public final class Spirv implements Renderer {
    private final Set<Feature> features;
    private final Contraction contraction;
    private final Set<Hint> hints;

    /**
     * Creates a renderer.
     *
     * @param features what the device can do beyond OpenCL 1.2; one that takes SPIR-V itself gets
     *     modules without extensions
     * @param contraction whether products and sums may be fused
     */
    public Spirv(Set<Feature> features, Contraction contraction) {
        this.features = Set.copyOf(features);
        this.contraction = contraction;
        hints = features.contains(Feature.IL) ? Set.of() : hints(contraction);
    }

    private static Set<Hint> hints(Contraction contraction) {
        return switch (contraction) {
            case ALLOWED -> Set.of(Hint.NO_WRAP, Hint.CONTRACTION);
            case FORBIDDEN -> Set.of(Hint.NO_WRAP);
        };
    }

    @Override
    public Code render(Kernel kernel) {
        return render(kernel, Optional.empty());
    }

    @Override
    public Code render(Kernel kernel, Range range) {
        return render(kernel, range.items() == 0 ? Optional.empty() : Optional.of(range));
    }

    private Code render(Kernel kernel, Optional<Range> range) {
        Prepared prepared = Prepared.of(kernel, range);
        Abilities.needed(prepared.kernel(), features);
        String entry = OpenClNames.entry(kernel.name());
        int[] words =
                KernelModule.words(
                        prepared,
                        entry,
                        new Intervals(prepared.kernel(), range),
                        contraction,
                        hints);
        return new Code.Binary(entry, "spirv", Listing.of(words), KernelModule.bytes(words));
    }
}
