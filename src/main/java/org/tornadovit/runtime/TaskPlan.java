package org.tornadovit.runtime;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.Range;
import org.tornadovit.frontend.FieldArray;
import org.tornadovit.ir.Kernel;
import org.tornadovit.passes.GridSizes;
import org.tornadovit.passes.Groups;
import org.tornadovit.passes.ShiftGrid;

/** A task prepared for a device: what it is given, and how it is compiled. */
sealed interface TaskPlan permits MethodPlan, PrebuiltPlan, SlicePlan {
    /** {@return the task} */
    TaskDefinition task();

    /** {@return where it runs} */
    LogicalDevice device();

    /** {@return the values of the kernel's parameters} */
    List<Object> values();

    /** {@return the numbers of the parameters that are arrays} */
    List<Integer> arrayNumbers();

    /** {@return the arrays of the host that the kernel writes} */
    Set<Object> written();

    /** {@return the argument of the task that parameter {@code i} comes from, or its own value} */
    Object root(int i);

    /** {@return the fields of objects that the kernel assigns} */
    default Set<FieldArray> assigned() {
        return Set.of();
    }

    /** {@return arrays for those of {@code fields} that the kernel has as numbers} */
    default Set<FieldArray> cells(Map<Object, Set<Field>> fields) {
        return Set.of();
    }

    /**
     * {@return the refusal of a kernel that writes an array and reaches its memory in another way}
     *
     * @param written the array
     * @param other another array of the kernel, or the same one if it holds something twice
     */
    default RuntimeException twice(Object written, Object other) {
        return new IllegalArgumentException(
                "the kernel is given the same memory twice, as "
                        + written.getClass().getSimpleName()
                        + " and as "
                        + other.getClass().getSimpleName()
                        + "; give it once");
    }

    /** {@return the same task for a graph in which tasks assign fields} */
    default TaskPlan reading(Set<FieldArray> assigned, Storage storage) {
        return this;
    }

    /**
     * {@return whether parameter {@code i} is an array that the runtime made and nobody changes}
     */
    default boolean isTable(int i) {
        return false;
    }

    /** {@return whether the user gives the grid, because the code is that of one work-item} */
    boolean isWorkItem();

    /** {@return whether some values are read from fields, which may change between executions} */
    boolean readsFields();

    /** {@return whether fields still have the values the kernel was compiled for} */
    boolean isCurrent();

    /**
     * {@return the task compiled for its device}
     *
     * @param constant holds for arrays that never change on the device
     * @param order the grid of a work-item kernel, and the flags for the device's compiler
     */
    CompiledTask compile(Predicate<Object> constant, Order order);

    /** {@return the arrays of the host that the kernel is given} */
    default List<Object> arrays() {
        return arrayNumbers().stream().map(i -> values().get(i)).toList();
    }

    /**
     * What the user orders beside the task itself.
     *
     * @param range the grid of a work-item kernel
     * @param offset what is added to the numbers of its work-items
     * @param flags for the compiler of the device's driver
     * @param bitstream a file with the compiled kernel, for an FPGA
     */
    record Order(Optional<Range> range, Offset offset, String flags, Optional<Path> bitstream) {
        /** {@return the same with a size of the groups, if kernel or device ask for it} */
        Order grouped(Kernel kernel, DeviceInfo device) {
            boolean fixed = device.backend() == DeviceInfo.Backend.FPGA;
            if (range.isEmpty() || !fixed && !Groups.matter(kernel)) {
                return this;
            }
            long most = Math.min(device.maxGroup(), device.maxGroupX());
            Range r = range.get();
            List<Long> group = Groups.chosen(grid(r), group(r), Math.clamp(most, 1, Groups.USUAL));
            Range whole = new Range(r.x(), r.y(), r.z(), group.get(0), group.get(1), group.get(2));
            return new Order(Optional.of(whole), offset, flags, bitstream);
        }

        /** {@return a kernel that knows these sizes} */
        Kernel place(Kernel kernel) {
            Kernel shifted = ShiftGrid.apply(kernel, List.of(offset.x(), offset.y(), offset.z()));
            return range.map(r -> GridSizes.apply(shifted, grid(r), group(r))).orElse(shifted);
        }

        private static List<Long> grid(Range range) {
            return List.of(range.x(), range.y(), range.z());
        }

        private static List<Long> group(Range range) {
            return List.of(range.groupX(), range.groupY(), range.groupZ());
        }
    }

    /** An offset along each axis. */
    record Offset(long x, long y, long z) {
        static final Offset NONE = new Offset(0, 0, 0);

        boolean isNone() {
            return equals(NONE);
        }
    }
}
