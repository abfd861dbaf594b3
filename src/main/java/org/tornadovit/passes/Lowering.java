package org.tornadovit.passes;

import java.util.List;
import java.util.Map;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Kernel;

/**
 * What one task became: kernels to launch one after the other.
 *
 * @param stages kernels in order; their array parameters are those of the task's kernel, or keys of
 *     {@code scratch}
 * @param scratch arrays that the compiler added, with their number of elements
 */
public record Lowering(List<Stage> stages, Map<Array, Long> scratch) {
    /** Copies the collections. */
    public Lowering {
        stages = List.copyOf(stages);
        scratch = Map.copyOf(scratch);
    }

    /** When a stage has to run. */
    public enum When {
        /** At each execution of the task. */
        ALWAYS,
        /** Before the first execution and after its constant inputs were transferred anew. */
        ON_NEW_CONSTANTS
    }

    /**
     * One launch.
     *
     * @param kernel a kernel whose parallel loops are mapped to grid axes
     * @param grid work-items along x, y, z; empty for a work-item kernel whose grid the user gives
     * @param group work-items of a group along x, y, z; empty where any will do
     * @param when when it has to run
     */
    public record Stage(Kernel kernel, List<Long> grid, List<Long> group, When when) {
        /** Copies the lists. */
        public Stage {
            grid = List.copyOf(grid);
            group = List.copyOf(group);
        }

        /** A launch with any groups. */
        public Stage(Kernel kernel, List<Long> grid, When when) {
            this(kernel, grid, List.of(), when);
        }
    }
}
