package org.tornadovit.runtime;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tornadovit.device.Code;
import org.tornadovit.device.Program;
import org.tornadovit.device.Range;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Stmt;
import org.tornadovit.passes.Lowering;

/**
 * A task compiled for a device: programs to launch in order, shared by all tasks of equal method,
 * scalars, lengths and device.
 *
 * @param stages what to launch
 * @param scratch arrays that the compiler added, with their size in bytes
 * @param reads numbers of the task's array parameters that the task reads
 * @param writes numbers of the task's array parameters that the task writes
 * @param times how long the compilation took
 */
record CompiledTask(
        List<Stage> stages,
        Map<Array, Long> scratch,
        Set<Integer> reads,
        Set<Integer> writes,
        Times times) {
    /** Copies the collections. */
    CompiledTask {
        stages = List.copyOf(stages);
        scratch = Map.copyOf(scratch);
        reads = Set.copyOf(reads);
        writes = Set.copyOf(writes);
    }

    /**
     * Nanoseconds of a compilation.
     *
     * @param lowering of the passes
     * @param rendering of the renderer
     * @param loading of the device's compiler
     */
    record Times(long lowering, long rendering, long loading) {
        /** {@return these times, or none if they do not lie within a span of time} */
        Times within(long nanos) {
            return lowering + rendering + loading <= nanos ? this : new Times(0, 0, 0);
        }
    }

    /**
     * One program.
     *
     * @param name the kernel's name in Java
     * @param code what was loaded
     * @param program what to launch
     * @param operands memory for its buffer arguments, in order
     * @param range its work-items
     * @param when when it has to run
     * @param checks its checks in the order of their numbers; when there are some and {@code
     *     reportsStatus}, a status buffer follows the operands
     * @param reportsStatus whether failed checks are written to a status buffer
     */
    record Stage(
            String name,
            Code code,
            Program program,
            List<Operand> operands,
            Range range,
            Lowering.When when,
            List<Stmt.Check> checks,
            boolean reportsStatus) {
        /** Copies the lists. */
        Stage {
            operands = List.copyOf(operands);
            checks = List.copyOf(checks);
        }
    }

    /** What an argument of a program is. */
    sealed interface Operand {
        /** The task's parameter numbered {@code index}, scalars and context counted. */
        record Argument(int index) implements Operand {}

        /** An array that the compiler added. */
        record Scratch(Array array) implements Operand {}

        /**
         * The task's parameter numbered {@code index}, as a copy behind a header.
         *
         * @param write whether the kernel writes it, so that it has to be copied back
         */
        record Framed(int index, boolean write) implements Operand {}

        /** A number. */
        record Number(java.lang.Number value) implements Operand {}

        /** Memory of a work-group. */
        record Local(long bytes) implements Operand {}

        /** Memory that has this content before each launch. */
        record Content(List<Byte> bytes) implements Operand {
            /** Copies the list. */
            public Content {
                bytes = List.copyOf(bytes);
            }
        }
    }
}
