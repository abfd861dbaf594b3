package org.tornadovit.runtime;

import java.util.List;
import java.util.Optional;
import org.tornadovit.codegen.Grids;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.Range;
import org.tornadovit.ir.Kernel;
import org.tornadovit.passes.FissionBarriers;
import org.tornadovit.passes.Groups;
import org.tornadovit.passes.Lowering;
import org.tornadovit.passes.MapParallel;

/**
 * A kernel and the work-items it runs with.
 *
 * @param kernel as it has to be rendered for these work-items
 * @param range the work-items
 */
record Grid(Kernel kernel, Range range) {
    /** System property: {@code driver} leaves barriers to the drivers of processors. */
    private static final String GROUPS = "tornadovit.groups";

    private static final List<Long> ALONE = List.of(1L, 1L, 1L);

    /**
     * {@return how a stage runs on a device}
     *
     * @param wanted the grid that the user gave; a work-item kernel without one has one work-item
     */
    static Grid of(Lowering.Stage stage, Optional<Range> wanted, DeviceInfo info) {
        if (stage.kernel().form() == Kernel.Form.LOOPS) {
            return new Grid(stage.kernel(), padded(stage.grid(), info));
        }
        if (!stage.group().isEmpty()) {
            return new Grid(stage.kernel(), range(stage.grid(), stage.group()));
        }
        Range range = wanted.orElse(Range.SINGLE);
        if (info.backend() == DeviceInfo.Backend.JVM) {
            Kernel loops = groupByGroup(stage.kernel(), range);
            return new Grid(loops, range(MapParallel.grid(loops, 1)));
        }
        if (isGroupByGroup(info) && Groups.meet(stage.kernel().body())) {
            Kernel loops = groupByGroup(stage.kernel(), range);
            return new Grid(loops, range(MapParallel.grid(loops, 1), ALONE));
        }
        return new Grid(stage.kernel(), range);
    }

    /**
     * Whether a driver gets loops over the items of a group in place of items that meet at
     * barriers. Drivers for processors make such loops too, but PoCL 3.1 at times wrong ones (lost
     * stores, wrong values, a crash; no barriers in other places prevent it, since its compiler
     * merges them first), and slow ones: a product of matrices by local memory takes twice as long.
     */
    private static boolean isGroupByGroup(DeviceInfo info) {
        boolean isOpenCl =
                info.backend() == DeviceInfo.Backend.OPENCL
                        || info.backend() == DeviceInfo.Backend.SPIRV;
        return isOpenCl
                && info.kind() == DeviceInfo.Kind.CPU
                && !"driver".equals(System.getProperty(GROUPS));
    }

    /** The kernel whose work-items are the groups of a launch. */
    private static Kernel groupByGroup(Kernel kernel, Range range) {
        return FissionBarriers.apply(
                kernel,
                List.of(range.x(), range.y(), range.z()),
                List.of(range.groupX(), range.groupY(), range.groupZ()));
    }

    /** Work-items beyond a loop's end do nothing, so that groups may have a good size. */
    private static Range padded(List<Long> grid, DeviceInfo info) {
        return info.backend() == DeviceInfo.Backend.JVM
                ? range(grid)
                : Grids.padded(grid.get(0), grid.get(1), grid.get(2), info);
    }

    private static Range range(List<Long> grid, List<Long> group) {
        return new Range(
                grid.get(0), grid.get(1), grid.get(2), group.get(0), group.get(1), group.get(2));
    }

    private static Range range(List<Long> grid) {
        return Range.of(grid.get(0), grid.get(1), grid.get(2));
    }
}
