package org.tornadovit.codegen;

import java.util.Optional;
import java.util.Set;
import org.tornadovit.codegen.ptx.Architecture;
import org.tornadovit.codegen.ptx.KernelText;
import org.tornadovit.device.Code;
import org.tornadovit.device.DeviceInfo.Feature;
import org.tornadovit.device.Range;
import org.tornadovit.ir.Kernel;

/**
 * Writes kernels as PTX, for NVIDIA's processors from sm_75 on.
 *
 * <p>Arguments, launches and meaning are those of {@link OpenClC}, functions are at least as exact
 * as there. A kernel written for a range with known groups runs with these groups only.
 */
public final class Ptx implements Renderer {
    private final Architecture architecture;
    private final Set<Feature> features;
    private final Contraction contraction;

    /**
     * Creates a renderer.
     *
     * @param architecture what it writes for
     * @param features what the device can do
     * @param contraction whether products and sums may be fused
     */
    public Ptx(Architecture architecture, Set<Feature> features, Contraction contraction) {
        this.architecture = architecture;
        this.features = Set.copyOf(features);
        this.contraction = contraction;
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
        return new Code.Text(
                entry, "ptx", KernelText.of(prepared, entry, architecture, contraction, range));
    }
}
